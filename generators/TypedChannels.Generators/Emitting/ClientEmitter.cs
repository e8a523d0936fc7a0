using Microsoft.CodeAnalysis.Text;

namespace TypedChannels.Generators;

/// <summary>Prints the generated part of a client.</summary>
internal static class ClientEmitter
{
    public static SourceText Emit(EndpointModel endpoint)
    {
        var output = SourceWriter.StartFile().OpenScope(endpoint.Type)
            .Open($"partial class {endpoint.Type.Name}{(endpoint.DeclaresBase ? "" : " : global::TypedChannels.Client")}");
        if (!endpoint.DeclaresConstructor)
        {
            output.Line("/// <summary>Creates the client; it is connected by its ConnectAsync.</summary>")
                .Line("/// <param name=\"options\">Its options; <see langword=\"null\"/>: the defaults.</param>")
                .Line(Names.GeneratedCode)
                .Open($"public {endpoint.Type.Name}(global::TypedChannels.ClientOptions? options = null) : base(options)")
                .Close();
        }
        foreach (var channel in endpoint.Channels)
        {
            if (channel.Receives)
                ChannelMemberEmitter.EmitEvent(output, channel, connection: null, ", from the server.");
            if (channel.Sends)
                ChannelMemberEmitter.EmitSend(output, channel, channel.Send, "SendAsync", " to the server.", "");
        }
        DispatchEmitter.Emit(output, endpoint, c => c.HandlersField);
        DispatchEmitter.EmitEventOf(output, endpoint);
        return output.CloseAll();
    }
}
