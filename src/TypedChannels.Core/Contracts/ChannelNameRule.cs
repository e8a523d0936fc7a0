namespace TypedChannels;

/// <summary>What is wrong with a channel's name.</summary>
internal enum ChannelNameFault
{
    None,
    Empty,
    TooLong,
    NoText,
    Reserved,
}

/// <summary>What a channel may be called. The generator compiles this file too, so that there is one rule.</summary>
internal static class ChannelNameRule
{
    public const int MaxBytes = 128;
    public const string ReservedPrefix = "_system:";

    public static ChannelNameFault Check(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return ChannelNameFault.Empty;
        if (!IsText(name!))
            return ChannelNameFault.NoText;
        if (ByteCount(name!) > MaxBytes)
            return ChannelNameFault.TooLong;
        return name!.StartsWith(ReservedPrefix, System.StringComparison.Ordinal) ? ChannelNameFault.Reserved : ChannelNameFault.None;
    }

    /// <summary>The length of a name on the wire, in bytes.</summary>
    public static int ByteCount(string name) => System.Text.Encoding.UTF8.GetByteCount(name);

    /// <summary>Whether there are no control characters, and no halves of surrogate pairs, which have no UTF-8.</summary>
    private static bool IsText(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsControl(name[i]))
                return false;
            if (!char.IsSurrogate(name[i]))
                continue;
            if (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[i + 1]))
                return false;
            i++;
        }
        return true;
    }
}
