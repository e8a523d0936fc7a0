using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TypedChannels.Tests.Connections;
using TypedChannels.Tests.Hosting;

namespace TypedChannels.Tests;

/// <summary>
/// A running server on a free port of the loopback interface, with what it tells. It must leave nothing behind when it is disposed of.
/// </summary>
internal sealed class Room : IAsyncDisposable
{
    // Of every connection that the server has told of: what still runs or waits there is looked for at the end.
    private readonly ConcurrentQueue<ChannelConnection> _known = new();

    private Room(RoomServer server, LogSink log)
    {
        (Server, Log) = (server, log);
        Metrics = new MetricSink(server);
    }

    public RoomServer Server { get; }

    public LogSink Log { get; }

    public MetricSink Metrics { get; }

    /// <summary>The arrays of the server's messages.</summary>
    public CountingPool Buffers { get; } = new();

    /// <summary>The server's clock, unless a test has brought another.</summary>
    public CountingTime Time { get; } = new();

    public Seen<RoomConnection> Connected { get; } = new();

    public Seen<(RoomConnection Connection, Disconnect Disconnect)> Disconnected { get; } = new();

    public Seen<MessageError> Errors { get; } = new();

    public Uri Uri => new($"ws://127.0.0.1:{Server.Port}/");

    public static ServerOptions Options(Action<ServerOptions>? configure = null)
    {
        var options = new ServerOptions { Host = "127.0.0.1" };
        configure?.Invoke(options);
        return options;
    }

    public static async Task<Room> StartAsync(Action<ServerOptions>? configure = null, Action<RoomServer>? prepare = null)
    {
        var log = new LogSink();
        var options = Options(options => options.LoggerFactory = log);
        var room = new Room(new RoomServer(options), log);
        (options.Buffers, options.TimeProvider) = (room.Buffers, room.Time);
        configure?.Invoke(options);
        var server = room.Server;
        // First, so that a handler of the test's that fails hides no connection.
        server.OnConnect += connection =>
        {
            room._known.Enqueue(connection.Core);
            return default;
        };
        server.OnDisconnect += (connection, disconnect) =>
        {
            room.Disconnected.Add((connection, disconnect));
            return default;
        };
        server.OnMessageError += (_, error) => room.Errors.Add(error);
        prepare?.Invoke(server);
        // Last, so that whoever awaits it knows that the test's own handlers have run.
        server.OnConnect += connection =>
        {
            room.Connected.Add(connection);
            return default;
        };
        await server.StartAsync().Within();
        return room;
    }

    /// <summary>A client that knows only RFC 6455, past its ready message.</summary>
    public async Task<RawClient> JoinAsync()
    {
        var client = await RawClient.OpenAsync(Server.Port);
        await client.ReadReadyAsync();
        return client;
    }

    /// <summary>A generated client, connected.</summary>
    public async Task<RoomClient> ConnectAsync(Action<RoomClient>? prepare = null)
    {
        var client = new RoomClient(new ClientOptions { Uri = Uri });
        prepare?.Invoke(client);
        await client.ConnectAsync().Within();
        return client;
    }

    public void HasLoggedNothing() => Assert.Empty(Log.Lines);

    public void HasLoggedNoError() => Assert.DoesNotContain(Log.Lines, line => line.Level >= LogLevel.Error);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        // A handler that outlived the stop may have been let go only now.
        await Wait.UntilAsync(() => Left(), left => left == default);
        Metrics.Dispose();
    }

    /// <summary>What is still there of a server's connections.</summary>
    private Remains Left() => new(
        Server.ConnectionCount,
        Server.Intake.Count,
        // Transports that are not over, and receive loops that still wait for a handler.
        _known.Count(connection => !connection.Closed.IsCompleted),
        _known.Count(connection => connection.IsHandling || !connection.Finished.IsCompleted),
        // Not the server's own sum: one that is stopped looks at nobody.
        _known.Sum(connection => connection.Inbound.Bytes + connection.Outbound.Bytes),
        Buffers.Out,
        Time.Timers);

    private readonly record struct Remains(
        int Connections, int Handshakes, int Transports, int ReceiveLoops, long QueuedBytes, int Buffers, int Timers);
}
