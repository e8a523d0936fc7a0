namespace TypedChannels.Generators;

/// <summary>What everything generated in one assembly shares.</summary>
/// <param name="Namespace">The namespace of what users do not name; no other assembly has it.</param>
/// <param name="ContextNamespace">The namespace of the JSON context; <see langword="null"/>: the global one.</param>
/// <param name="ContextName">The name of the JSON context.</param>
internal sealed record AssemblyModel(string Namespace, string? ContextNamespace, string ContextName);

/// <summary>The channels of one assembly, no two with one name or one member name, in the order of their names.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="ClashingNames">The member names that differ only in case, so that their files need more to be told apart.</param>
internal sealed record ContractModel(EquatableArray<ChannelModel> Channels, EquatableArray<string> ClashingNames)
{
    /// <summary>Whether a channel is one of them, and was not refused for another.</summary>
    public bool Contains(ChannelModel channel)
    {
        var (low, high) = (0, Channels.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(Channels[middle].Name, channel.Name) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low < Channels.Count && Channels[low] == channel;
    }

    /// <summary>Public as soon as one record is: another assembly then reads its descriptor there.</summary>
    public bool IsPublic
    {
        get
        {
            foreach (var channel in Channels)
            {
                if (channel.IsPublic)
                    return true;
            }
            return false;
        }
    }
}

/// <summary>One channel's descriptor, which is a file of its own.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Namespace">The namespace of the descriptors class.</param>
/// <param name="Context">The full name of the JSON context.</param>
/// <param name="WhyNotDirect">Why the record goes by metadata; <see langword="null"/>: it is read and written directly.</param>
/// <param name="HintName">The file's name.</param>
internal sealed record DescriptorModel(ChannelModel Channel, string Namespace, string Context, string? WhyNotDirect, string HintName);
