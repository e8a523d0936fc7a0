using Microsoft.CodeAnalysis.Text;

namespace TypedChannels.Generators;

/// <summary>Prints the connection type of a server.</summary>
internal static class ConnectionEmitter
{
    public static SourceText Emit(EndpointModel endpoint, ServerPart server)
    {
        var type = server.Connection;
        var output = SourceWriter.StartFile().OpenScope(type)
            .Line($"/// <summary>A connection of <see cref=\"{endpoint.Type.FullName}\"/>.</summary>")
            .Open($"{server.ConnectionModifiers} class {type.Name} : global::TypedChannels.Connection<{server.Props}>")
            .Line(Names.GeneratedCode)
            .Line($"private readonly {endpoint.Type.FullName} {endpoint.ServerField};")
            .Line()
            .Line(Names.GeneratedCode)
            .Line($"internal {type.Name}({endpoint.Type.FullName} server, global::TypedChannels.ConnectionTicket ticket) : base(ticket) =>")
            .Line($"    {endpoint.ServerField} = server;");

        foreach (var channel in endpoint.Channels)
        {
            if (channel.Receives)
                ChannelMemberEmitter.EmitEvent(
                    output, channel, connection: null, ", from this connection. Runs after the server's handlers.");
            if (channel.Sends)
                ChannelMemberEmitter.EmitSend(output, channel, channel.Send, "SendAsync", " to this connection.", "");
        }
        DispatchEmitter.Emit(output, endpoint, c => $"this, {endpoint.ServerField}.{c.HandlersField}, {c.HandlersField}");
        return output.CloseAll();
    }
}
