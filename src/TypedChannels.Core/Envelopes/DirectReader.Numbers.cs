using System.Buffers.Text;

namespace TypedChannels;

public ref partial struct DirectReader
{
    // So many decimal digits always fit.
    private const int MaxDigits = 19;

    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Takes a number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether a whole number of the type came.</returns>
    public bool TryReadSByte(out sbyte value)
    {
        var isRead = TryReadSigned(sbyte.MaxValue, out var read);
        value = (sbyte)read;
        return isRead;
    }

    /// <inheritdoc cref="TryReadSByte"/>
    public bool TryReadInt16(out short value)
    {
        var isRead = TryReadSigned(short.MaxValue, out var read);
        value = (short)read;
        return isRead;
    }

    /// <inheritdoc cref="TryReadSByte"/>
    public bool TryReadInt32(out int value)
    {
        var isRead = TryReadSigned(int.MaxValue, out var read);
        value = (int)read;
        return isRead;
    }

    /// <inheritdoc cref="TryReadSByte"/>
    public bool TryReadInt64(out long value) => TryReadSigned(long.MaxValue, out value);

    /// <inheritdoc cref="TryReadSByte"/>
    public bool TryReadByte(out byte value)
    {
        var isRead = TryReadUnsigned(byte.MaxValue, out var read);
        value = (byte)read;
        return isRead;
    }

    /// <inheritdoc cref="TryReadSByte"/>
    public bool TryReadUInt16(out ushort value)
    {
        var isRead = TryReadUnsigned(ushort.MaxValue, out var read);
        value = (ushort)read;
        return isRead;
    }

    /// <inheritdoc cref="TryReadSByte"/>
    public bool TryReadUInt32(out uint value)
    {
        var isRead = TryReadUnsigned(uint.MaxValue, out var read);
        value = (uint)read;
        return isRead;
    }

    /// <inheritdoc cref="TryReadSByte"/>
    public bool TryReadUInt64(out ulong value) => TryReadUnsigned(ulong.MaxValue, out value);

    /// <summary>Takes a number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether a number came that is within the type's range.</returns>
    public bool TryReadDouble(out double value)
    {
        value = 0;
        if (!TryReadNumber(out var token, out var number))
            return false;
        // Both are exact, so that the quotient is the nearest to what is written.
        if (number.IsExact && number.Digits <= 1UL << 53 && number.Scale < PowersOfTen.Length)
        {
            value = number.Digits / PowersOfTen[number.Scale];
            value = number.IsNegative ? -value : value;
            return true;
        }
        return Utf8Parser.TryParse(token, out value, out int byteCount) && byteCount == token.Length && double.IsFinite(value);
    }

    /// <inheritdoc cref="TryReadDouble"/>
    public bool TryReadSingle(out float value)
    {
        value = 0;
        return TryReadNumber(out var token, out _)
            && Utf8Parser.TryParse(token, out value, out int byteCount) && byteCount == token.Length && float.IsFinite(value);
    }

    /// <inheritdoc cref="TryReadDouble"/>
    public bool TryReadDecimal(out decimal value)
    {
        value = 0;
        if (!TryReadNumber(out var token, out var number))
            return false;
        if (number.IsExact && number.Digits != 0 && number.Scale <= MaxDigits)
        {
            value = new decimal((int)number.Digits, (int)(number.Digits >> 32), 0, number.IsNegative, (byte)number.Scale);
            return true;
        }
        return Utf8Parser.TryParse(token, out value, out int byteCount) && byteCount == token.Length;
    }

    private bool TryReadSigned(long max, out long value)
    {
        value = 0;
        if (!TryPeek(out var next))
            return false;
        var isNegative = next == '-';
        if (isNegative)
            _position++;
        if (!TryReadDigits(out var digits, out _) || IsFraction())
            return false;
        value = isNegative ? unchecked(-(long)digits) : (long)digits;
        return digits <= (ulong)max + (isNegative ? 1UL : 0UL);
    }

    private bool TryReadUnsigned(ulong max, out ulong value)
    {
        value = 0;
        return TryPeek(out _) && TryReadDigits(out value, out _) && value <= max && !IsFraction();
    }

    private readonly bool IsFraction() =>
        (uint)_position < (uint)_text.Length && _text[_position] is (byte)'.' or (byte)'e' or (byte)'E';

    /// <summary>A number's whole part, without needless zeros, of as many digits as always fit.</summary>
    private bool TryReadDigits(out ulong digits, out int count)
    {
        digits = 0;
        var start = _position;
        AppendDigits(ref digits);
        count = _position - start;
        return count is > 0 and <= MaxDigits && (count == 1 || _text[start] != '0');
    }

    private void AppendDigits(ref ulong digits)
    {
        var value = digits;
        var i = _position;
        while ((uint)i < (uint)_text.Length && (uint)(_text[i] - '0') <= 9)
            value = (value * 10) + (uint)(_text[i++] - '0');
        digits = value;
        _position = i;
    }

    private bool TryReadNumber(out ReadOnlySpan<byte> token, out Number number)
    {
        token = default;
        number = default;
        if (!TryPeek(out var next))
            return false;
        var start = _position;
        if (next == '-')
            _position++;
        if (!TryReadDigits(out var digits, out var count))
            return false;
        var scale = 0;
        var isExact = true;
        if (TryTake("."u8))
        {
            var point = _position;
            AppendDigits(ref digits);
            scale = _position - point;
            if (scale == 0)
                return false;
            // Leading zeros count too: that costs nothing but a slower way.
            isExact = count + scale <= MaxDigits;
        }
        if ((uint)_position < (uint)_text.Length && _text[_position] is (byte)'e' or (byte)'E')
        {
            isExact = false;
            _position++;
            if (!TryTake("-"u8))
                TryTake("+"u8);
            var exponent = _position;
            AppendDigits(ref digits);
            if (_position == exponent)
                return false;
        }
        token = _text[start.._position];
        number = new Number(digits, scale, next == '-', isExact);
        return true;
    }

    /// <summary>Digits to be divided by a power of ten; of no use where it is not exact.</summary>
    private readonly record struct Number(ulong Digits, int Scale, bool IsNegative, bool IsExact);
}
