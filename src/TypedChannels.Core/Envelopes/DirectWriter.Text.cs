using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace TypedChannels;

public ref partial struct DirectWriter
{
    private const int MaxBytesOfChar = 3;
    private const int MaxBytesOfEscape = 6;

    /// <summary>Writes a string in its quotes.</summary>
    /// <param name="value">The string.</param>
    public void WriteString(string value)
    {
        ReadOnlySpan<char> text = value;
        EnsureFree(checked(text.Length + 2));
        _free[_written++] = (byte)'"';
        var plain = CopyPlain(text, _free[_written..]);
        _written += plain;
        if (plain < text.Length)
        {
            WriteEscaped(text[plain..]);
            EnsureFree(1);
        }
        _free[_written++] = (byte)'"';
    }

    /// <summary>Writes a name of a dictionary, and the colon.</summary>
    /// <param name="name">The name.</param>
    public void WriteName(string name)
    {
        WriteString(name);
        WriteRaw(":"u8);
    }

    /// <summary>Copies ASCII up to the first character that is to be escaped or is no ASCII.</summary>
    private static int CopyPlain(ReadOnlySpan<char> text, Span<byte> output)
    {
        // All that follows depends on it.
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, text.Length);
        ref var from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref var to = ref MemoryMarshal.GetReference(output);
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= text.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
            {
                var low = Vector256.LoadUnsafe(ref from, (nuint)i);
                var high = Vector256.LoadUnsafe(ref from, (nuint)(i + Vector256<ushort>.Count));
                var bytes = Vector256.NarrowWithSaturation(low, high);
                var found = Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)' ')).AsByte()
                    | Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'));
                bytes.StoreUnsafe(ref to, (nuint)i);
                var mask = found.ExtractMostSignificantBits();
                if (mask != 0)
                    return i + BitOperations.TrailingZeroCount(mask);
            }
        }
        for (; i <= text.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var low = Vector128.LoadUnsafe(ref from, (nuint)i);
            var high = Vector128.LoadUnsafe(ref from, (nuint)(i + Vector128<ushort>.Count));
            // What is no ASCII becomes 255, or stays 128 and more; signed, both are below zero.
            var bytes = Vector128.NarrowWithSaturation(low, high);
            var found = Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)' ')).AsByte()
                | Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));
            bytes.StoreUnsafe(ref to, (nuint)i);
            var mask = found.ExtractMostSignificantBits();
            if (mask != 0)
                return i + BitOperations.TrailingZeroCount(mask);
        }
        for (; i < text.Length && text[i] is >= ' ' and < '\u0080' and not '"' and not '\\'; i++)
            output[i] = (byte)text[i];
        return i;
    }

    private void WriteEscaped(scoped ReadOnlySpan<char> text)
    {
        while (true)
        {
            var clean = text.IndexOfAny(WireEncoder.EscapedUtf16);
            if (clean < 0)
                clean = text.Length;
            EnsureFree(checked((clean * MaxBytesOfChar) + MaxBytesOfEscape));
            // Half a surrogate pair becomes U+FFFD.
            Utf8.FromUtf16(text[..clean], _free[_written..], out _, out var byteCount);
            _written += byteCount;
            if (clean == text.Length)
                return;
            WriteEscape(text[clean]);
            text = text[(clean + 1)..];
        }
    }

    private void WriteEscape(char letter)
    {
        var escape = letter switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\b' => "\\b"u8,
            '\t' => "\\t"u8,
            '\n' => "\\n"u8,
            '\f' => "\\f"u8,
            '\r' => "\\r"u8,
            _ => default,
        };
        if (!escape.IsEmpty)
        {
            WriteRaw(escape);
            return;
        }
        WriteRaw(letter < 0x10 ? "\\u000"u8 : "\\u001"u8);
        WriteRaw("0123456789ABCDEF"u8.Slice(letter & 0xF, 1));
    }
}
