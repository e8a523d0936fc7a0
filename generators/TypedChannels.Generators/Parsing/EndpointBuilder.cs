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
        var taken = declared.Taken.ToLookup(t => t.Name, StringComparer.Ordinal);
        var endpoint = new EndpointModel(
            declared.Type, declared.DeclaresBase, declared.DeclaresConstructor, declared.Server, Free("__server", taken), new([]));

        var kept = new List<EndpointChannel>();
        foreach (var channel in channels.Channels)
        {
            var receives = channel.Direction != (declared.Server is null ? Direction.ToServer : Direction.ToClient);
            var sends = channel.Direction != (declared.Server is null ? Direction.ToClient : Direction.ToServer);
            var candidate = new EndpointChannel(channel, receives, sends, Free("__on" + channel.MemberName, taken));
            if (Collides(candidate, taken, emits: declared.Server is not null) is { } member)
                collision?.Invoke(member, channel);
            else
                kept.Add(candidate);
        }
        return endpoint with { Channels = new(kept) };
    }

    private static string? Collides(EndpointChannel channel, ILookup<string, TakenMember> taken, bool emits)
    {
        if (channel.Sends && emits && taken[channel.Emit].Any(IsInTheWay))
            return channel.Emit;
        if (channel.Receives && taken.Contains(channel.Event))
            return channel.Event;
        return channel.Sends && taken[channel.Send].Any(IsInTheWay) ? channel.Send : null;

        bool IsInTheWay(TakenMember member)
        {
            const string Token = "global::System.Threading.CancellationToken";
            return member.Parameters is null
                || member.Parameters == channel.Channel.Record + "," + Token
                || (channel.Channel.IsEmpty && member.Parameters == Token);
        }
    }

    // The hidden fields make way for whatever the user has called so.
    private static string Free(string name, ILookup<string, TakenMember> taken)
    {
        while (taken.Contains(name))
            name += "_";
        return name;
    }
}
