using System.Text.Unicode;

namespace TypedChannels;

/// <summary>Checks UTF-8 (RFC 3629) that arrives in pieces, and fails at the first byte after which no text can be valid.</summary>
/// <remarks>RFC 6455 §8.1. A mutable struct: keep it in a field.</remarks>
internal struct Utf8Validator
{
    // How many bytes of a begun sequence are to come, and what the next of them may be.
    private byte _missing;
    private byte _least;
    private byte _most;

    /// <summary>Whether the text may end here: no sequence is cut.</summary>
    public readonly bool IsComplete => _missing == 0;

    /// <summary>Takes the next bytes of the text; false once it is invalid for good.</summary>
    public bool Append(ReadOnlySpan<byte> bytes)
    {
        while (_missing > 0 && bytes.Length > 0)
        {
            if (!AppendByte(bytes[0]))
                return false;
            bytes = bytes[1..];
        }
        var whole = bytes.Length - CutByteCount(bytes);
        if (!Utf8.IsValid(bytes[..whole]))
            return false;
        foreach (var b in bytes[whole..])
        {
            if (!AppendByte(b))
                return false;
        }
        return true;
    }

    // How many bytes at the end belong to a sequence that goes on beyond it. At most 3: 4 make the longest whole.
    private static int CutByteCount(ReadOnlySpan<byte> bytes)
    {
        for (var count = 1; count <= 3 && count <= bytes.Length; count++)
        {
            var b = bytes[^count];
            if (b < 0x80)
                return 0;
            if (b >= 0xC0)
                return SequenceLength(b) > count ? count : 0;
        }
        return 0;
    }

    private static int SequenceLength(byte lead) => lead switch { >= 0xF0 => 4, >= 0xE0 => 3, _ => 2 };

    private bool AppendByte(byte b)
    {
        if (_missing > 0)
        {
            if (b < _least || b > _most)
                return false;
            _missing--;
            (_least, _most) = (0x80, 0xBF);
            return true;
        }
        // RFC 3629 §4: the second byte's range is what keeps out overlong forms, surrogates, and what lies beyond U+10FFFF.
        (_missing, _least, _most) = b switch
        {
            < 0x80 => ((byte)0, (byte)0, (byte)0),
            >= 0xC2 and <= 0xDF => ((byte)1, (byte)0x80, (byte)0xBF),
            0xE0 => ((byte)2, (byte)0xA0, (byte)0xBF),
            0xED => ((byte)2, (byte)0x80, (byte)0x9F),
            >= 0xE1 and <= 0xEF => ((byte)2, (byte)0x80, (byte)0xBF),
            0xF0 => ((byte)3, (byte)0x90, (byte)0xBF),
            >= 0xF1 and <= 0xF3 => ((byte)3, (byte)0x80, (byte)0xBF),
            0xF4 => ((byte)3, (byte)0x80, (byte)0x8F),
            _ => ((byte)0, (byte)1, (byte)0),
        };
        // An empty range: no sequence begins with this byte.
        return _least <= _most;
    }
}
