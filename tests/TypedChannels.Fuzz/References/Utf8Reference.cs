using System.Buffers;
using System.Text;

namespace TypedChannels.Fuzz.References;

internal enum Utf8Verdict
{
    Valid,

    /// <summary>Valid as far as it goes; the last sequence is cut.</summary>
    Cut,
    Invalid,
}

/// <summary>What the framework says of UTF-8.</summary>
internal static class Utf8Reference
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Of the whole text, by an encoding that throws.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        try
        {
            Strict.GetCharCount(text);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}

/// <summary>What the framework says of the front of a text that grows, character by character.</summary>
internal sealed class Utf8Front
{
    // Of the character that is cut.
    private readonly List<byte> _pending = [];

    public Utf8Verdict Verdict { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Verdict == Utf8Verdict.Invalid)
            return;
        ReadOnlySpan<byte> front = [.. _pending, .. bytes];
        _pending.Clear();
        Verdict = Utf8Verdict.Valid;
        while (!front.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(front, out _, out var length);
            if (status == OperationStatus.Done)
            {
                front = front[length..];
                continue;
            }
            Verdict = status == OperationStatus.InvalidData ? Utf8Verdict.Invalid : Utf8Verdict.Cut;
            _pending.AddRange(front);
            return;
        }
    }
}
