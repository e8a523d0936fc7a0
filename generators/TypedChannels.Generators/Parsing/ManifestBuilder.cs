using System;
using System.Collections.Generic;
using System.Linq;

namespace TypedChannels.Generators;

/// <summary>Merges what the channels of an assembly say of their types.</summary>
internal static class ManifestBuilder
{
    public static ManifestModel Build(IReadOnlyList<(string Record, ManifestRecord Manifest)> declared, ContractModel contract)
    {
        var byRecord = declared.GroupBy(d => d.Record, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First().Manifest, StringComparer.Ordinal);
        var channels = contract.Channels.Where(c => byRecord.ContainsKey(c.Record))
            .Select(c => new ManifestChannel(c, byRecord[c.Record].Message)).ToList();
        var types = channels.SelectMany(c => byRecord[c.Channel.Record].Types)
            .GroupBy(type => type.Id, StringComparer.Ordinal)
            .OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => same.First());
        return new(new(channels), new(types));
    }
}
