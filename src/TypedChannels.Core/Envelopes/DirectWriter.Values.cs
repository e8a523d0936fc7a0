using System.Buffers.Text;
using System.Globalization;

namespace TypedChannels;

public ref partial struct DirectWriter
{
    // More than the longest of each kind: a decimal has 31, a double 24, a date with its offset 33, a span of time 26.
    private const int MaxBytesOfValue = 64;

    private const int DateTimeSecondsEnd = 19;
    private const int DateTimeFractionEnd = 27;

    /// <summary>Writes a value as System.Text.Json does.</summary>
    /// <param name="value">The value.</param>
    public void WriteBoolean(bool value) => WriteRaw(value ? "true"u8 : "false"u8);

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteSByte(sbyte value) => WriteInt64(value);

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteInt16(short value) => WriteInt64(value);

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteInt32(int value) => WriteInt64(value);

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteInt64(long value)
    {
        EnsureFree(MaxBytesOfValue);
        Utf8Formatter.TryFormat(value, _free[_written..], out var byteCount);
        _written += byteCount;
    }

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteByte(byte value) => WriteUInt64(value);

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteUInt16(ushort value) => WriteUInt64(value);

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteUInt32(uint value) => WriteUInt64(value);

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteUInt64(ulong value)
    {
        EnsureFree(MaxBytesOfValue);
        Utf8Formatter.TryFormat(value, _free[_written..], out var byteCount);
        _written += byteCount;
    }

    /// <summary>Writes a value as System.Text.Json does. What is not finite is refused.</summary>
    /// <param name="value">The value.</param>
    public void WriteDouble(double value)
    {
        if (!double.IsFinite(value))
        {
            Refuse();
            return;
        }
        EnsureFree(MaxBytesOfValue);
        Utf8Formatter.TryFormat(value, _free[_written..], out var byteCount);
        _written += byteCount;
    }

    /// <inheritdoc cref="WriteDouble"/>
    public void WriteSingle(float value)
    {
        if (!float.IsFinite(value))
        {
            Refuse();
            return;
        }
        EnsureFree(MaxBytesOfValue);
        Utf8Formatter.TryFormat(value, _free[_written..], out var byteCount);
        _written += byteCount;
    }

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteDecimal(decimal value)
    {
        EnsureFree(MaxBytesOfValue);
        Utf8Formatter.TryFormat(value, _free[_written..], out var byteCount);
        _written += byteCount;
    }

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteChar(char value)
    {
        WriteRaw("\""u8);
        WriteEscaped(new ReadOnlySpan<char>(in value));
        WriteRaw("\""u8);
    }

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteGuid(Guid value)
    {
        var output = Quoted();
        Utf8Formatter.TryFormat(value, output, out var byteCount);
        Quote(byteCount);
    }

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteDateTime(DateTime value)
    {
        var output = Quoted();
        Utf8Formatter.TryFormat(value, output, out var byteCount, 'O');
        Quote(TrimFraction(output[..byteCount]));
    }

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteDateTimeOffset(DateTimeOffset value)
    {
        var output = Quoted();
        Utf8Formatter.TryFormat(value, output, out var byteCount, 'O');
        Quote(TrimFraction(output[..byteCount]));
    }

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteDateOnly(DateOnly value)
    {
        var output = Quoted();
        value.TryFormat(output, out var byteCount, "O", CultureInfo.InvariantCulture);
        Quote(byteCount);
    }

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteTimeOnly(TimeOnly value) => WriteTimeSpan(value.ToTimeSpan());

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteTimeSpan(TimeSpan value)
    {
        var output = Quoted();
        Utf8Formatter.TryFormat(value, output, out var byteCount, 'c');
        Quote(byteCount);
    }

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteUri(Uri value)
    {
        ArgumentNullException.ThrowIfNull(value);
        WriteString(value.OriginalString);
    }

    /// <inheritdoc cref="WriteBoolean"/>
    public void WriteByteArray(byte[] value)
    {
        EnsureFree(checked(Base64.GetMaxEncodedToUtf8Length(value.AsSpan().Length) + 2));
        Base64.EncodeToUtf8(value, _free[(_written + 1)..], out _, out var byteCount);
        Quote(byteCount);
    }

    /// <summary>Room for a value, behind the quote.</summary>
    private Span<byte> Quoted()
    {
        EnsureFree(MaxBytesOfValue);
        return _free[(_written + 1)..];
    }

    private void Quote(int byteCount)
    {
        _free[_written] = (byte)'"';
        _free[_written + byteCount + 1] = (byte)'"';
        _written += byteCount + 2;
    }

    /// <summary>Takes the fraction's last zeros out, and the point if nothing is left of it.</summary>
    private static int TrimFraction(Span<byte> time)
    {
        var end = DateTimeFractionEnd;
        while (time[end - 1] == '0')
            end--;
        if (end - 1 == DateTimeSecondsEnd)
            end--;
        time[DateTimeFractionEnd..].CopyTo(time[end..]);
        return end + time.Length - DateTimeFractionEnd;
    }
}
