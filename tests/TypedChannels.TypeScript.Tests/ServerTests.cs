using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using TypedChannels.Tests;

namespace TypedChannels.TypeScript.Tests;

/// <summary>The generated client in Node.js against a real server.</summary>
public class ServerTests
{
    [Fact]
    public async Task Client_talks_to_a_real_server_and_comes_back_when_it_was_restarted()
    {
        using var folder = GeneratedFolder.Of("Scripts/server.mjs");
        await File.WriteAllTextAsync(folder["values.json"], Samples.ValuesJson, TestContext.Current.CancellationToken);
        await using var server = new ShapeServer(new ServerOptions { Host = "127.0.0.1", LoggerFactory = NullLoggerFactory.Instance });
        var errors = new ConcurrentQueue<MessageError>();
        server.OnName += (connection, name) =>
        {
            connection.Props.Name = name.Value;
            return connection.SendWelcomeAsync(new Welcome(name.Value, server.ConnectionCount));
        };
        server.OnChat += (connection, chat) => server.EmitChatAsync(chat with { From = new Who(Guid.Empty, connection.Props.Name), At = DateTimeOffset.UnixEpoch });
        server.OnValues += (connection, values) => connection.SendValuesAsync(values);
        server.OnTick += (connection, tick) => connection.SendTickAsync(default);
        server.OnHostileTypes += (connection, message) => connection.SendHostileTypesAsync(message);
        server.OnQuoted += (connection, message) => connection.SendQuotedAsync(message);
        server.OnProto += (connection, message) => connection.SendProtoAsync(message);
        server.OnOrder += (connection, order) => order.What == What.Fail
            ? throw new InvalidOperationException("on purpose")
            : new ValueTask(Task.Run(() => connection.DisconnectAsync(order.Code, "as ordered").AsTask()));
        server.OnMessageError += (_, error) => errors.Enqueue(error);
        await server.StartAsync();

        using var process = Programs.StartScript(folder.Path, "server.mjs");
        var ended = Programs.EndedAsync(process);
        await TellAsync(process, server);
        await Wait.UntilAsync(() => server.Connections.Count(connection => connection.Props.Name == "restart"), count => count == 1);
        await server.StopAsync();
        await server.StartAsync();
        await TellAsync(process, server);
        var output = await ended;

        Assert.True(output.Trim() == "ok", output);
        Assert.Equal([ConnectionErrors.InvalidMessage, ConnectionErrors.HandlerFailed], errors.Select(error => error.Code));
    }

    private static Task TellAsync(Process process, ShapeServer server) =>
        process.StandardInput.WriteLineAsync($"http://127.0.0.1:{server.Port}/");
}
