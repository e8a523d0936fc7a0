using System;
using System.Text;

namespace TypedChannels.Generators;

/// <summary>The rules of channel names and of the member names that come from them.</summary>
internal static class ChannelNames
{
    public const int MaxBytes = 128;
    public const string ReservedPrefix = "_system:";

    // Strict: a lone surrogate has no UTF-8.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The rule that a channel name breaks, or <see langword="null"/>.</summary>
    public static string? BrokenRule(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return "TCH0001";
        foreach (var c in name!)
        {
            if (char.IsControl(c))
                return "TCH0003";
        }
        if (!IsUnicode(name))
            return "TCH0003";
        if (Utf8.GetByteCount(name) > MaxBytes)
            return "TCH0002";
        return name.StartsWith(ReservedPrefix, StringComparison.Ordinal) ? "TCH0004" : null;
    }

    /// <summary><c>set:name success</c> becomes <c>SetNameSuccess</c>.</summary>
    public static string ToMemberName(string name)
    {
        var member = new StringBuilder(name.Length);
        var starts = true;
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c))
            {
                starts = true;
                continue;
            }
            member.Append(starts ? char.ToUpperInvariant(c) : c);
            starts = false;
        }
        return member.ToString();
    }

    /// <summary>Whether members may be called so: <c>OnConnect</c> and the like are the framework's.</summary>
    public static bool IsUsableMemberName(string member) =>
        Identifiers.IsValid(member) && member is not ("Connect" or "Disconnect" or "MessageError" or "ChannelDescriptors");

    /// <summary>The length of a channel name on the wire, in bytes.</summary>
    public static int ByteCount(string name) => Utf8.GetByteCount(name);

    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }
        return true;
    }
}
