using System.Diagnostics;
using System.Globalization;

namespace TypedChannels.Load;

/// <summary>
/// The bystanders' process: honest connections that send an echo ten times a second and wait for it. Not in the attackers' process,
/// whose own work would be measured with them.
/// </summary>
internal static class BystandCommand
{
    public const string Name = "bystand";

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(Arguments arguments, CancellationToken stop)
    {
        var samples = new Samples(1_000_000);
        var lost = 0;
        var count = arguments.Number("--count", 100);
        for (var i = 0; i < count; i++)
        {
            var connection = await RawConnection.OpenAsync(arguments.Number("--port", 0), Kind.Honest, hasSmallBuffers: false, stop);
            _ = TalkAsync(connection, Pace * i / count, samples, () => Interlocked.Increment(ref lost), stop);
        }
        await SayAsync("ready");
        while (await Console.In.ReadLineAsync(stop) is { } line)
        {
            var sum = samples.Sum();
            if (line == "begin")
                samples.Clear();
            await SayAsync(string.Create(CultureInfo.InvariantCulture, $"{sum.P50} {sum.P99} {sum.Max} {lost}"));
        }
        return 0;
    }

    private static async Task TalkAsync(RawConnection connection, TimeSpan delay, Samples samples, Action lose, CancellationToken stop)
    {
        await Task.Delay(delay, stop);
        using var timer = new PeriodicTimer(Pace);
        try
        {
            for (var number = 1L; await timer.WaitForNextTickAsync(stop); number++)
            {
                var message = $$$"""{"channel":"echo","message":{"number":{{{number}}}}}""";
                var frame = ClientFrame.OfText(message);
                var sentAt = Stopwatch.GetTimestamp();
                await connection.Socket.SendAsync(frame, stop);
                await HearAsync(connection, message, stop).WaitAsync(Patience, stop);
                samples.Add(Stopwatch.GetTimestamp() - sentAt);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // It is silent from here on; one is enough to miss the goal.
            lose();
        }
    }

    private static async Task HearAsync(RawConnection connection, string expected, CancellationToken stop)
    {
        while (true)
        {
            while (connection.Frames.TryTake(out var opcode, out var payload))
            {
                if (opcode == ClientFrame.Close)
                    throw new IOException("The server has closed the connection.");
                if (opcode != ClientFrame.Text || payload.StartsWith("""{"channel":"_system:"""u8))
                    continue;
                if (!System.Text.Encoding.UTF8.GetString(payload).Equals(expected, StringComparison.Ordinal))
                    throw new InvalidDataException("Another echo comes than is due.");
                return;
            }
            var count = await connection.Socket.ReceiveAsync(connection.Frames.Room, stop);
            if (count == 0)
                throw new IOException("The server has ended the connection.");
            connection.Frames.Filled(count);
        }
    }

    private static async Task SayAsync(string answer)
    {
        await Console.Out.WriteLineAsync(answer);
        await Console.Out.FlushAsync();
    }
}
