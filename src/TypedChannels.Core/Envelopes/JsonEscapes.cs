using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace TypedChannels;

/// <summary>Where a JSON string needs more than copying, and how an escape is read.</summary>
internal static class JsonEscapes
{
    /// <summary>How many bytes at the start are ASCII, and neither a quote, a backslash nor a control character.</summary>
    public static int PlainLength(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= text.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
            {
                var bytes = Vector256.LoadUnsafe(ref start, (nuint)i);
                // Signed, what is no ASCII is below zero.
                var found = Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)' ')).AsByte()
                    | Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'));
                var mask = found.ExtractMostSignificantBits();
                if (mask != 0)
                    return i + BitOperations.TrailingZeroCount(mask);
            }
        }
        for (; i <= text.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref start, (nuint)i);
            var found = Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)' ')).AsByte()
                | Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));
            var mask = found.ExtractMostSignificantBits();
            if (mask != 0)
                return i + BitOperations.TrailingZeroCount(mask);
        }
        while (i < text.Length && text[i] is >= (byte)' ' and < 0x80 and not (byte)'"' and not (byte)'\\')
            i++;
        return i;
    }

    /// <summary>Unescapes a string's bytes.</summary>
    /// <param name="raw">The bytes between the quotes.</param>
    /// <param name="unescaped">At least as long: unescaping never lengthens.</param>
    /// <param name="length">How many bytes it became.</param>
    /// <returns>Whether every escape is one of JSON, and no surrogate stands alone.</returns>
    public static bool TryUnescape(ReadOnlySpan<byte> raw, Span<byte> unescaped, out int length)
    {
        length = 0;
        while (true)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
                plain = raw.Length;
            raw[..plain].CopyTo(unescaped[length..]);
            length += plain;
            raw = raw[plain..];
            if (raw.IsEmpty)
                return true;
            if (raw.Length < 2 || !TryUnescapeOne(ref raw, out var scalar))
                return false;
            length += scalar.EncodeToUtf8(unescaped[length..]);
        }
    }

    private static bool TryUnescapeOne(ref ReadOnlySpan<byte> raw, out Rune scalar)
    {
        var letter = raw[1] switch
        {
            (byte)'"' => '"',
            (byte)'\\' => '\\',
            (byte)'/' => '/',
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => '\0',
        };
        if (letter != '\0')
        {
            raw = raw[2..];
            scalar = new Rune(letter);
            return true;
        }
        if (!TryReadUnit(ref raw, out var first))
        {
            scalar = default;
            return false;
        }
        return Rune.TryCreate(first, out scalar)
            || (char.IsHighSurrogate(first) && TryReadUnit(ref raw, out var second) && Rune.TryCreate(first, second, out scalar));
    }

    /// <summary><c>\uXXXX</c>.</summary>
    private static bool TryReadUnit(ref ReadOnlySpan<byte> raw, out char unit)
    {
        unit = default;
        if (raw.Length < 6 || raw[0] != '\\' || raw[1] != 'u')
            return false;
        Span<byte> bytes = stackalloc byte[2];
        if (Convert.FromHexString(raw[2..6], bytes, out _, out _) != OperationStatus.Done)
            return false;
        unit = (char)((bytes[0] << 8) | bytes[1]);
        raw = raw[6..];
        return true;
    }
}
