using System.Net;

namespace TypedChannels;

/// <summary>Checks a client's options. A message names the option, and never tells the value of a secret.</summary>
internal static class ClientOptionsCheck
{
    private const int MaxBytes = 1024 * 1024 * 1024;

    private static readonly TimeSpan MaxTime = TimeSpan.FromDays(1);

    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public static void Check(ClientOptions options)
    {
        if (options.Uri is not { IsAbsoluteUri: true, Scheme: "ws" or "wss" })
            throw Wrong(nameof(options.Uri), "must be absolute and begin with ws:// or wss://");
        InRange(nameof(options.MaxMessageBytes), options.MaxMessageBytes, 1);
        InRange(nameof(options.SendQueueBytes), options.SendQueueBytes, 1);
        InRange(nameof(options.ReceiveQueueBytes), options.ReceiveQueueBytes, 1);
        InRange(nameof(options.ConnectTimeout), options.ConnectTimeout, MaxTime);
        InRange(nameof(options.PingInterval), options.PingInterval, MaxTime);
        InRange(nameof(options.PingTimeout), options.PingTimeout, MaxTime);
        InRange(nameof(options.CloseTimeout), options.CloseTimeout, MaxTime);
        if (HandshakeHeaders.Objection(options) is { } objection)
            throw Wrong(nameof(options.Headers), objection);
        if (options.Ssl is not null && options.Uri.Scheme != "wss")
            throw Wrong(nameof(options.Ssl), "is for wss:// only, and ClientOptions.Uri begins with ws://");
        CheckProxy(options.Proxy, options.Uri);
        if (options.Reconnect is { } reconnect)
            Check(reconnect);
    }

    private static void Check(ReconnectOptions reconnect)
    {
        InRange(Of(nameof(reconnect.MaxDelay)), reconnect.MaxDelay, MaxTime);
        InRange(Of(nameof(reconnect.FirstDelay)), reconnect.FirstDelay, reconnect.MaxDelay);
        InRange(Of(nameof(reconnect.WaitingSendBytes)), reconnect.WaitingSendBytes, 0);
        if (reconnect.MaxAttempts < 1)
            throw Wrong(Of(nameof(reconnect.MaxAttempts)), $"must be 1 or more, or null, not {reconnect.MaxAttempts}");

        static string Of(string name) => $"{nameof(ClientOptions.Reconnect)}.{name}";
    }

    // The framework tells the proxy's address when it fails.
    private static void CheckProxy(IWebProxy? proxy, Uri uri)
    {
        if (proxy is not null && !proxy.IsBypassed(uri) && proxy.GetProxy(uri) is { UserInfo: not "" })
            throw Wrong(nameof(ClientOptions.Proxy), "must have its credentials in Credentials, not in its address");
    }

    private static void InRange(string name, int value, int least)
    {
        if (value < least || value > MaxBytes)
            throw Wrong(name, FormattableString.Invariant($"must be {least} to {MaxBytes:N0}, not {value:N0}"));
    }

    private static void InRange(string name, TimeSpan value, TimeSpan most)
    {
        if (value <= TimeSpan.Zero || value > most)
            throw Wrong(name, FormattableString.Invariant($"must be more than zero and at most {most}, not {value}"));
    }

    private static ArgumentException Wrong(string name, string what) => new($"ClientOptions.{name} {what}.");
}
