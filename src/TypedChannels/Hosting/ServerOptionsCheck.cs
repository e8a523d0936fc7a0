using System.Net;

namespace TypedChannels;

/// <summary>Refuses options that are out of their range, by name.</summary>
internal static class ServerOptionsCheck
{
    private const int MaxBytes = 1024 * 1024 * 1024;

    // The ready message must fit, or nobody could connect.
    private const int MinSendQueueBytes = 256;

    private static readonly TimeSpan MaxTime = TimeSpan.FromDays(1);

    /// <exception cref="ServerException"><see cref="ServerErrors.InvalidOptions"/>: the message names the option.</exception>
    public static void Check(ServerOptions options)
    {
        Range(nameof(options.Port), options.Port, 0, ushort.MaxValue);
        Range(nameof(options.PendingLimit), options.PendingLimit, 1, int.MaxValue);
        Range(nameof(options.MaxMessageBytes), options.MaxMessageBytes, 1, MaxBytes);
        Range(nameof(options.MaxFragments), options.MaxFragments, 1, int.MaxValue);
        Range(nameof(options.SendQueueBytes), options.SendQueueBytes, MinSendQueueBytes, MaxBytes);
        Range(nameof(options.ReceiveQueueBytes), options.ReceiveQueueBytes, 1, MaxBytes);
        Range(nameof(options.MaxConnections), options.MaxConnections, 1, int.MaxValue);
        Range(nameof(options.MessageErrorLimit), options.MessageErrorLimit, 0, int.MaxValue);
        Range(nameof(options.MaxControlFramesPerSecond), options.MaxControlFramesPerSecond, 1, int.MaxValue);
        Range(nameof(options.MaxMessagesPerSecond), options.MaxMessagesPerSecond ?? 1, 1, int.MaxValue);
        Range(nameof(options.MaxBytesPerSecond), options.MaxBytesPerSecond ?? int.MaxValue, options.MaxMessageBytes, int.MaxValue);
        Time(nameof(options.HandshakeTimeout), options.HandshakeTimeout);
        Time(nameof(options.MessageTimeout), options.MessageTimeout);
        Time(nameof(options.PingInterval), options.PingInterval);
        Time(nameof(options.PingTimeout), options.PingTimeout);
        Time(nameof(options.CloseTimeout), options.CloseTimeout);
        var isHost = options.Host == "localhost" || IPAddress.TryParse(options.Host, out _);
        Require(nameof(options.Host), isHost, "an IP address or `localhost`");
        // A request's path has none of them: nobody could connect.
        var isPath = options.Path is ['/', ..] && !options.Path.AsSpan().ContainsAny('?', '#', '\0')
            && !options.Path.Contains("%00", StringComparison.Ordinal);
        Require(nameof(options.Path), isPath, "a path that begins with `/`, without `?`, `#` and NUL");
        Require(nameof(options.SlowConsumer), options.SlowConsumer is SlowConsumer.Disconnect or SlowConsumer.Wait, "one of its names");
        Require(
            nameof(options.Compression), options.Compression is MessageCompression.Off or MessageCompression.Deflate, "one of its names");
        Require(
            nameof(options.HandlerScheduling),
            options.HandlerScheduling is HandlerScheduling.ThreadPool or HandlerScheduling.Inline,
            "one of its names");
        foreach (var origin in options.AllowedOrigins)
        {
            var what = $"a list of origins such as `https://example.com`, not `{origin}`";
            Require(nameof(options.AllowedOrigins), OriginPolicy.IsOrigin(origin), what);
        }
    }

    /// <summary>Refuses what only a server on its own host can do.</summary>
    /// <exception cref="ServerException"><see cref="ServerErrors.InvalidOptions"/>: the message names the option.</exception>
    public static void CheckHosted(ServerOptions options)
    {
        Check(options);
        var isLeftToHost = options.HandlerScheduling == HandlerScheduling.ThreadPool;
        Require(nameof(options.HandlerScheduling), isLeftToHost, "ThreadPool in an application, whose own Kestrel decides on its threads");
    }

    private static void Range(string name, int value, int min, int max) =>
        Require(name, value >= min && value <= max, $"{min:N0} to {max:N0}, not {value:N0}");

    private static void Time(string name, TimeSpan value) =>
        Require(name, value > TimeSpan.Zero && value <= MaxTime, $"more than zero and at most {MaxTime}, not {value}");

    private static void Require(string name, bool holds, string what)
    {
        if (!holds)
            throw new ServerException(ServerErrors.InvalidOptions, FormattableString.Invariant($"ServerOptions.{name} must be {what}."));
    }
}
