namespace TypedChannels.Generators;

/// <summary>Prints the members of one channel: the event, the field behind it, the sending methods.</summary>
internal static class ChannelMemberEmitter
{
    /// <param name="output">Where to.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="connection">The connection type that handlers are passed, or <see langword="null"/>.</param>
    /// <param name="remark">What the summary says beyond the channel.</param>
    public static void EmitEvent(SourceWriter output, EndpointChannel channel, string? connection, string remark)
    {
        var handler = $"global::TypedChannels.ChannelHandler<{(connection is null ? "" : connection + ", ")}{channel.Channel.Record}>";
        output.Gap()
            .Line(Names.GeneratedCode)
            .Line(Names.Hidden)
            // The connection reads its server's handlers.
            .Line($"{(connection is null ? "private" : "internal")} {handler}[]? {channel.HandlersField};")
            .Line()
            .Line($"/// <summary>A message on {Names.Describe(channel.Channel)}{remark}</summary>")
            .Line(Names.GeneratedCode)
            .Open($"{channel.Channel.Accessibility} event {handler} {channel.Event}")
            .Line($"add => global::TypedChannels.ChannelHandlers.Add(ref {channel.HandlersField}, value);")
            .Line($"remove => global::TypedChannels.ChannelHandlers.Remove(ref {channel.HandlersField}, value);")
            .Close();
    }

    /// <param name="output">Where to.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="through">The inherited method that sends.</param>
    /// <param name="remark">What the summary says beyond the channel.</param>
    /// <param name="completes">When the task ends.</param>
    public static void EmitSend(
        SourceWriter output, EndpointChannel channel, string method, string through, string remark, string completes)
    {
        Start("The message.");
        const string Token = $"{Names.CancellationToken} cancellationToken = default";
        output.Line($"{channel.Channel.Accessibility} {Names.ValueTask} {method}({channel.Channel.Record} message, {Token}) =>")
            .Line($"    base.{through}({Names.Descriptor(channel.Channel)}, message, cancellationToken);");
        if (!channel.Channel.IsEmpty)
            return;
        Start(null);
        output.Line($"{channel.Channel.Accessibility} {Names.ValueTask} {method}({Token}) =>")
            .Line($"    base.{through}({Names.Descriptor(channel.Channel)}, new {channel.Channel.Record}(), cancellationToken);");

        void Start(string? message)
        {
            var what = message is null ? "an empty message " : "";
            output.Gap().Line($"/// <summary>Sends {what}on {Names.Describe(channel.Channel)}{remark}</summary>");
            if (message is not null)
                output.Line($"/// <param name=\"message\">{message}</param>");
            output.Line("/// <param name=\"cancellationToken\">Ends the wait for room in the send queue.</param>")
                .Line($"/// <returns>A task that ends when the message is queued{completes}.</returns>")
                .Line(Names.GeneratedCode);
        }
    }
}
