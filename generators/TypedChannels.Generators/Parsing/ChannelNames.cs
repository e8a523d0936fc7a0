using System.Globalization;
using System.Text;

namespace TypedChannels.Generators;

/// <summary>The diagnostics of channel names, and the member names that come from them.</summary>
internal static class ChannelNames
{
    /// <summary>The rule that a channel name breaks, or <see langword="null"/>.</summary>
    public static string? BrokenRule(string? name) => ChannelNameRule.Check(name) switch
    {
        ChannelNameFault.Empty => "TCH0001",
        ChannelNameFault.TooLong => "TCH0002",
        ChannelNameFault.NoText => "TCH0003",
        ChannelNameFault.Reserved => "TCH0004",
        _ => null,
    };

    /// <summary>A name as a message may show it: a line break would end the message of a build.</summary>
    public static string Display(string name)
    {
        var shown = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                shown.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            else
                shown.Append(c);
        }
        return shown.ToString();
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
        Identifiers.IsValid(member)
        && member is not ("Connect" or "Disconnect" or "MessageError" or "Reconnecting" or "Reconnected" or "ChannelDescriptors");
}
