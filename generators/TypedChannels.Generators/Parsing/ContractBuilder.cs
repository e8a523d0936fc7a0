using System;
using System.Collections.Generic;
using System.Linq;

namespace TypedChannels.Generators;

/// <summary>Takes the mistakes that show only when all channels are known.</summary>
/// <param name="id">The rule.</param>
/// <param name="refused">The channel that is not generated, or (TCH0016) should better be called something else.</param>
/// <param name="kept">The one that comes before it.</param>
internal delegate void ReportConflict(string id, ChannelModel refused, ChannelModel kept);

/// <summary>Makes a contract of channels: no name twice, no member name twice.</summary>
internal static class ContractBuilder
{
    /// <summary>Of channels in conflict the first by its record's name stays, so that the order of files does not matter.</summary>
    public static ContractModel Build(IEnumerable<ChannelModel> channels, ReportConflict? report)
    {
        var byName = new Dictionary<string, ChannelModel>(StringComparer.Ordinal);
        var byMember = new Dictionary<string, ChannelModel>(StringComparer.Ordinal);
        var byCaselessName = new Dictionary<string, ChannelModel>(StringComparer.OrdinalIgnoreCase);
        foreach (var channel in channels.Distinct().OrderBy(c => c.Record, StringComparer.Ordinal))
        {
            if (byName.TryGetValue(channel.Name, out var kept))
            {
                report?.Invoke("TCH0005", channel, kept);
                continue;
            }
            if (byMember.TryGetValue(channel.MemberName, out kept))
            {
                report?.Invoke("TCH0007", channel, kept);
                continue;
            }
            if (byCaselessName.TryGetValue(channel.Name, out kept))
                report?.Invoke("TCH0016", channel, kept);
            else
                byCaselessName.Add(channel.Name, channel);
            byName.Add(channel.Name, channel);
            byMember.Add(channel.MemberName, channel);
        }
        return new(new(byName.Values.OrderBy(c => c.Name, StringComparer.Ordinal)), HintNames.Clashing(byMember.Keys));
    }

    /// <summary>The descriptor that a declared channel gets; <see langword="null"/> where the contract refused it.</summary>
    public static DescriptorModel? Describe(DeclaredChannel declared, ContractModel contract, AssemblyModel assembly)
    {
        var channel = declared.Channel;
        if (!contract.Contains(channel))
            return null;
        var context = assembly.ContextNamespace is null
            ? Identifiers.Escape(assembly.ContextName)
            : assembly.ContextNamespace + "." + Identifiers.Escape(assembly.ContextName);
        var hintName = HintName("Channel", channel, contract);
        return new(channel, assembly.Namespace, "global::" + context, declared.Plan.WhyNot, hintName);
    }

    /// <summary>The codec that it gets; <see langword="null"/> where it goes by metadata, or the contract refused it.</summary>
    public static DirectCodecModel? DescribeCodec(DeclaredChannel declared, ContractModel contract, AssemblyModel assembly) =>
        declared.Plan.IsDirect && Describe(declared, contract, assembly) is { } descriptor
            ? new(declared.Channel, declared.Plan, descriptor.Namespace, descriptor.Context, HintName("Codec", declared.Channel, contract))
            : null;

    private static string HintName(string kind, ChannelModel channel, ContractModel contract) =>
        HintNames.For(kind, channel.MemberName, contract.ClashingNames);
}
