using System.Buffers.Text;
using System.Text.Json;

namespace TypedChannels;

public ref partial struct DirectReader
{
    private const int BytesOfGuid = 36;

    /// <summary>Takes <c>true</c> or <c>false</c>.</summary>
    /// <param name="value">Which.</param>
    /// <returns>Whether either came.</returns>
    public bool TryReadBoolean(out bool value)
    {
        value = TryPeek(out var next) && next == 't';
        return TryTake(value ? "true"u8 : "false"u8);
    }

    /// <summary>Takes a value of the form in which System.Text.Json writes it.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether one came, without escapes.</returns>
    public bool TryReadChar(out char value)
    {
        var isRead = TryReadPlain(out var text) && text.Length == 1;
        value = isRead ? (char)text[0] : default;
        return isRead;
    }

    /// <inheritdoc cref="TryReadChar"/>
    public bool TryReadGuid(out Guid value)
    {
        value = default;
        return TryReadPlain(out var text) && text.Length == BytesOfGuid
            && Utf8Parser.TryParse(text, out value, out var byteCount, 'D') && byteCount == BytesOfGuid;
    }

    /// <inheritdoc cref="TryReadChar"/>
    public bool TryReadDateTime(out DateTime value)
    {
        value = default;
        return TryReadToken(out var token) && token.TryGetDateTime(out value);
    }

    /// <inheritdoc cref="TryReadChar"/>
    public bool TryReadDateTimeOffset(out DateTimeOffset value)
    {
        value = default;
        return TryReadToken(out var token) && token.TryGetDateTimeOffset(out value);
    }

    /// <inheritdoc cref="TryReadChar"/>
    public bool TryReadDateOnly(out DateOnly value)
    {
        value = default;
        if (!TryReadPlain(out var text) || text.Length != 10 || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..], out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        value = new DateOnly(year, month, day);
        return true;
    }

    /// <inheritdoc cref="TryReadChar"/>
    public bool TryReadTimeOnly(out TimeOnly value)
    {
        value = default;
        if (!TryReadPlain(out var text) || text.Length is < 8 or > 16 || text[2] != ':' || !TryTimeSpan(text, out var time)
            || time < TimeSpan.Zero || time.Ticks >= TimeSpan.TicksPerDay)
            return false;
        value = TimeOnly.FromTimeSpan(time);
        return true;
    }

    /// <inheritdoc cref="TryReadChar"/>
    public bool TryReadTimeSpan(out TimeSpan value)
    {
        value = default;
        return TryReadPlain(out var text) && text.Length is >= 8 and <= 26 && TryTimeSpan(text, out value);
    }

    /// <inheritdoc cref="TryReadString"/>
    public bool TryReadUri(out Uri value)
    {
        value = null!;
        return TryReadString(out var text) && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out value!);
    }

    /// <inheritdoc cref="TryReadChar"/>
    public bool TryReadByteArray(out byte[] value)
    {
        value = [];
        return TryReadToken(out var token) && token.TryGetBytesFromBase64(out value!);
    }

    // The parser begins with white space too, and ends at any other character.
    private static bool TryTimeSpan(ReadOnlySpan<byte> text, out TimeSpan value)
    {
        value = default;
        return text[0] is (>= (byte)'0' and <= (byte)'9') or (byte)'-'
            && Utf8Parser.TryParse(text, out value, out var byteCount, 'c') && byteCount == text.Length;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if ((uint)(digit - '0') > 9)
                return false;
            value = (value * 10) + (digit - '0');
        }
        return true;
    }

    private bool TryReadPlain(out ReadOnlySpan<byte> text) => TryReadRaw(out text, out var form) && form == TextForm.Plain;

    /// <summary>A string for those of System.Text.Json's parsers that are reached only through its reader.</summary>
    private bool TryReadToken(out Utf8JsonReader token)
    {
        token = default;
        if (!TryReadPlain(out var text))
            return false;
        token = new Utf8JsonReader(_text.Slice(_position - text.Length - 2, text.Length + 2));
        return token.Read();
    }
}
