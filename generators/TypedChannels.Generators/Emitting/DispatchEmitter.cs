using System;
using System.Linq;

namespace TypedChannels.Generators;

/// <summary>Prints how a received envelope finds its handlers: by the length of the channel's name, then by its bytes.</summary>
internal static class DispatchEmitter
{
    /// <param name="output">Where to.</param>
    /// <param name="endpoint">The server or client.</param>
    /// <param name="arguments">What <c>HandleAsync</c> takes after the descriptor.</param>
    public static void Emit(SourceWriter output, EndpointModel endpoint, Func<EndpointChannel, string> arguments)
    {
        output.Gap()
            .Line("/// <inheritdoc/>")
            .Line(Names.GeneratedCode)
            .Open($"protected override {Names.ValueTask} DispatchAsync({Names.ReceivedMessage} received)");
        var byLength = endpoint.Channels.Where(c => c.Receives)
            .GroupBy(c => ChannelNameRule.ByteCount(c.Channel.Name))
            .OrderBy(g => g.Key)
            .ToList();
        if (byLength.Count > 0)
        {
            output.Open("switch (received.Channel.Length)");
            foreach (var group in byLength)
            {
                output.Line($"case {group.Key}:");
                foreach (var channel in group)
                {
                    var name = Literals.Quote(channel.Channel.Name);
                    output.Line($"    if (global::System.MemoryExtensions.SequenceEqual<byte>(received.Channel, {name}u8))")
                        .Line($"        return base.HandleAsync(received, {Names.Descriptor(channel.Channel)}, {arguments(channel)});");
                }
                output.Line("    break;");
            }
            output.Close();
        }
        output.Line("return base.UnknownAsync(received);").Close();
    }

    /// <summary>Prints which event a received channel has: whoever registers for its name at run time is sent there.</summary>
    public static void EmitEventOf(SourceWriter output, EndpointModel endpoint)
    {
        var received = endpoint.Channels.Where(c => c.Receives).ToList();
        if (received.Count == 0)
            return;
        output.Gap()
            .Line("/// <inheritdoc/>")
            .Line(Names.GeneratedCode)
            .Open("protected override string? EventOf(string channel) => channel switch");
        foreach (var channel in received)
            output.Line($"{Literals.Quote(channel.Channel.Name)} => {Literals.Quote(channel.Event)},");
        output.Line("_ => null,").Close("};");
    }
}
