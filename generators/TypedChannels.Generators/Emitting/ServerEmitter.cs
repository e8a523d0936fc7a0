using Microsoft.CodeAnalysis.Text;

namespace TypedChannels.Generators;

/// <summary>Prints the generated part of a server.</summary>
internal static class ServerEmitter
{
    private const string Options = "global::TypedChannels.ServerOptions";

    public static SourceText Emit(EndpointModel endpoint, ServerPart server)
    {
        var self = endpoint.Type.FullName;
        var connection = server.Connection.FullName;
        var factory = $"global::TypedChannels.IChannelServer<{self}>";
        var bases = endpoint.DeclaresBase ? factory : $"global::TypedChannels.Server<{connection}, {server.Props}>, {factory}";
        var output = SourceWriter.StartFile().OpenScope(endpoint.Type).Open($"partial class {endpoint.Type.Name} : {bases}");

        if (!endpoint.DeclaresConstructor)
        {
            output.Line("/// <summary>Creates the server; it listens once it is started.</summary>")
                .Line("/// <param name=\"options\">Its options; <see langword=\"null\"/>: the defaults.</param>")
                .Line(Names.GeneratedCode)
                .Open($"public {endpoint.Type.Name}({Options}? options = null) : base(options)")
                .Close();
        }
        EmitFactory(output, endpoint, server, factory);

        foreach (var channel in endpoint.Channels)
        {
            if (channel.Receives)
                ChannelMemberEmitter.EmitEvent(
                    output, channel, connection, ", from any connection. Runs before the connection's own handlers.");
            if (channel.Sends)
                ChannelMemberEmitter.EmitSend(output, channel, channel.Emit, "EmitAsync", " to every live connection.", " at each of them");
        }

        if (!server.OverridesCreateConnection)
        {
            output.Gap().Line("/// <inheritdoc/>").Line(Names.GeneratedCode)
                .Line($"protected override {connection} CreateConnection(global::TypedChannels.ConnectionTicket ticket) =>")
                .Line($"    new {connection}(this, ticket);");
        }
        if (!server.OverridesCreateProps)
        {
            output.Gap().Line("/// <inheritdoc/>").Line(Names.GeneratedCode)
                .Line($"protected override {server.Props} CreateProps(global::TypedChannels.HandshakeContext handshake) =>")
                .Line($"    new {server.Props}();");
        }
        DispatchEmitter.EmitEventOf(output, endpoint);
        return output.CloseAll();
    }

    private static void EmitFactory(SourceWriter output, EndpointModel endpoint, ServerPart server, string factory)
    {
        var self = endpoint.Type.FullName;
        output.Gap()
            .Line(Names.GeneratedCode)
            .Line($"static {self} {factory}.Create(global::System.IServiceProvider services, {Options} options) =>");
        if (server.Constructor.Count == 0)
        {
            output.Line($"    new {self}();");
            return;
        }
        output.Line($"    new {self}(");
        for (var i = 0; i < server.Constructor.Count; i++)
        {
            var argument = server.Constructor[i];
            output.Line($"        {argument.Parameter}: {Value(argument, endpoint)}{(i + 1 < server.Constructor.Count ? "," : ");")}");
        }
    }

    private static string Value(ArgumentModel argument, EndpointModel endpoint) => argument.Source switch
    {
        ArgumentSource.Options => "options",
        ArgumentSource.Services => "services",
        ArgumentSource.OptionalService => $"({argument.Type}?){Get(argument)}",
        _ => $"({argument.Type})({Get(argument)}"
            + $" ?? throw new global::System.InvalidOperationException({Literals.Quote(Missing(argument, endpoint))}))",
    };

    private static string Get(ArgumentModel argument) => argument.Key is { } key
        ? $"((global::{KnownSymbols.KeyedServiceProvider})services).GetKeyedService(typeof({argument.Type}), {key})"
        : $"services.GetService(typeof({argument.Type}))";

    private static string Missing(ArgumentModel argument, EndpointModel endpoint)
    {
        var withKey = argument.Key is { } key ? $" with the key {Plain(key)}" : "";
        return $"{Plain(endpoint.Type.FullName)} needs a service of type {Plain(argument.Type)}{withKey}, and none is registered.";
    }

    private static string Plain(string name) => name.Replace("global::", "");
}
