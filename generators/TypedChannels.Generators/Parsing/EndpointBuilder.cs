using System;
using System.Collections.Generic;
using System.Linq;

namespace TypedChannels.Generators;

/// <summary>Takes a channel whose members would meet others of the class.</summary>
/// <param name="member">The generated member's name.</param>
/// <param name="channel">The channel, which this class goes without.</param>
internal delegate void ReportCollision(string member, ChannelModel channel);

/// <summary>Gives a declared server or client its channels.</summary>
internal static class EndpointBuilder
{
    public static EndpointModel Build(EndpointDeclaration declared, ContractModel own, ReportConflict? conflict, ReportCollision? collision)
    {
        var spoken = declared.SpeaksOwnChannels ? declared.OtherChannels.Concat(own.Channels) : declared.OtherChannels;
        var channels = ContractBuilder.Build(spoken, conflict);
        var names = new HashSet<string>(declared.Taken.Select(t => t.Name), StringComparer.Ordinal);
        var endpoint = new EndpointModel(
            declared.Type, declared.DeclaresBase, declared.DeclaresConstructor, declared.Server, Free("__server", names), new([]));

        var kept = new List<EndpointChannel>();
        foreach (var channel in channels.Channels)
        {
            var receives = channel.Direction != (declared.Server is null ? Direction.ToServer : Direction.ToClient);
            var sends = channel.Direction != (declared.Server is null ? Direction.ToClient : Direction.ToServer);
            var candidate = new EndpointChannel(channel, receives, sends, Free("__on" + channel.MemberName, names));
            if (Collides(candidate, declared) is { } member)
                collision?.Invoke(member, channel);
            else
                kept.Add(candidate);
        }
        return endpoint with { Channels = new(kept) };
    }

    private static string? Collides(EndpointChannel channel, EndpointDeclaration declared)
    {
        foreach (var taken in declared.Taken)
        {
            if (channel.Receives && taken.Name == channel.Event)
                return taken.Name;
            if (!channel.Sends || (taken.Name != channel.Send && (declared.Server is null || taken.Name != channel.Emit)))
                continue;
            const string Token = "global::System.Threading.CancellationToken";
            if (taken.Parameters is null || taken.Parameters == channel.Channel.Record + "," + Token)
                return taken.Name;
            if (channel.Channel.IsEmpty && taken.Parameters == Token)
                return taken.Name;
        }
        return null;
    }

    // The hidden fields make way for whatever the user has called so.
    private static string Free(string name, HashSet<string> taken)
    {
        while (taken.Contains(name))
            name += "_";
        return name;
    }
}
