using System.Diagnostics;
using System.Net.Sockets;

namespace TypedChannels.Load;

/// <summary>The rows that are more than bytes sent over and over.</summary>
internal static class OwnAttacks
{
    private const int SlowConnections = 50, HeldConnections = 10_000;

    private static readonly byte[] OneByte = new byte[1];
    private static readonly byte[] Ask = ClientFrame.OfText("""{"channel":"ask","message":{"bytes":16000}}""");

    /// <summary>F-16.</summary>
    public static async Task OneByteASegmentAsync(Field field)
    {
        using var connection = await AttackConnection.OpenAsync(field);
        var message = AttackTable.Message(60_000);
        // The calls block: a thread of their own.
        await Task.Factory.StartNew(
            () =>
            {
                while (!field.IsOver)
                {
                    for (var i = 0; i < message.Length; i++)
                        field.Sent(connection.Socket.Send(message.AsSpan(i, 1)));
                }
            },
            field.Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await connection.SendAsync(ClientFrame.Encode(ClientFrame.Close, [3, 232]));
        await connection.EndAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>H-21.</summary>
    public static Task ConnectAndLeaveAsync(Field field) => field.RepeatAsync(1_000, async number =>
    {
        using var connection = await AttackConnection.OpenAsync(field);
        if (number % 2 == 0)
            connection.Socket.LingerState = new LingerOption(true, 0);
    });

    /// <summary>R-02: what it asked for is more than its queue may hold.</summary>
    public static async Task ReadSlowlyAsync(Field field)
    {
        var connections = await AskAsync(field, 200);
        field.BrokenAt = Stopwatch.GetTimestamp();
        for (var second = 0; second < 8; second++)
        {
            foreach (var connection in connections)
            {
                try
                {
                    if (connection.Socket.Available > 0)
                        await connection.Socket.ReceiveAsync(OneByte, field.Stop);
                }
                catch (SocketException)
                {
                    // Reset by now.
                }
            }
            await Task.Delay(1000, field.Stop);
        }
        connections.ForEach(connection => connection.Dispose());
    }

    /// <summary>R-07: the close frame cannot be sent.</summary>
    public static async Task BreakAndNotReadAsync(Field field)
    {
        var connections = await AskAsync(field, 30);
        await Task.Delay(500, field.Stop);
        field.BrokenAt = Stopwatch.GetTimestamp();
        foreach (var connection in connections)
            await connection.SendAsync(new byte[] { 0x81, 0x00 });
        await Task.Delay(8000, field.Stop);
        connections.ForEach(connection => connection.Dispose());
    }

    /// <summary>F-17.</summary>
    public static async Task NeverFinishAsync(Field field)
    {
        var timeout = new ServerOptions().MessageTimeout;
        var unfinished = ClientFrame.Encode(ClientFrame.Text, "{\"channel\":"u8, isFinal: false);
        // Past the row's time: the connections are a number, and the message timeout is long.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var running = new List<Task>();
        while (running.Count < HeldConnections && await timer.WaitForNextTickAsync(field.Stop))
            running.AddRange(Enumerable.Range(0, 40).Select(_ => HoldAsync()));
        await Task.WhenAll(running);

        async Task HoldAsync()
        {
            using var connection = await AttackConnection.OpenAsync(field);
            await connection.SendAsync(unfinished);
            connection.BeganAt = Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
            field.Ended(await connection.EndAsync(timeout + TimeSpan.FromSeconds(10)));
        }
    }

    private static async Task<List<AttackConnection>> AskAsync(Field field, int times)
    {
        var connections = new List<AttackConnection>();
        for (var i = 0; i < SlowConnections; i++)
            connections.Add(await AttackConnection.OpenAsync(field, isReading: false));
        foreach (var connection in connections)
            await connection.SendAsync(ClientFrame.Repeat(Ask, times * Ask.Length));
        return connections;
    }
}
