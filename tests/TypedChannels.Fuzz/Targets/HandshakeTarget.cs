using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using TypedChannels.Fuzz.Contracts;
using TypedChannels.Fuzz.Engine;
using TypedChannels.Fuzz.Mutating;
using TypedChannels.Fuzz.References;

namespace TypedChannels.Fuzz.Targets;

/// <summary>
/// Heads of HTTP requests into the endpoint, past Kestrel: what Kestrel itself refuses is not ours, and an exception that it would turn
/// into a 500 is seen here as it is. An accepted client is gone at once.
/// </summary>
internal sealed class HandshakeTarget : Target
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // Runs as long as the process.
    private static readonly FuzzServer Server = Start();

    public override string Name => "handshake";

    public override byte[] Mutate(byte[] input, byte[] other, Dice dice) => HttpMutator.Mutate(input, other, dice);

    public override string Run(byte[] input)
    {
        if (RequestHead.Parse(Encoding.UTF8.GetString(input)) is not { } head)
            return "no HTTP";
        var context = head.ToContext(out var upgrade);
        var answered = Server.Intake.AcceptAsync(context);
        if (!answered.IsCompleted)
            Invariant.Holds(((IAsyncResult)answered).AsyncWaitHandle.WaitOne(LongestWait), "The handshake does not end.");
        answered.GetAwaiter().GetResult();

        var status = upgrade.IsUpgraded ? StatusCodes.Status101SwitchingProtocols : context.Response.StatusCode;
        Invariant.Same(HandshakeReference.Status(head), status, "The status");
        var headers = context.Response.Headers;
        Invariant.Holds(status != 426 || headers["Sec-WebSocket-Version"] == "13", "A 426 does not say which version.");
        Invariant.Holds(status != 405 || headers.Allow.Count == 1, "A 405 does not say which methods.");
        Invariant.Same(status == 101 && !upgrade.IsHttp2, headers.ContainsKey("Sec-WebSocket-Accept"), "Whether the key is answered");
        Invariant.Holds(
            headers.SecWebSocketExtensions.Count == 0 || (status == 101 && HandshakeReference.IsAnswer(headers.SecWebSocketExtensions.ToString())),
            "The answer's extensions are not of the known form.");
        Invariant.Same(0, Server.Intake.Count, "Connections left");
        Invariant.Same(0, Server.ConnectionCount, "Connections that can be found");
        return $"{status} {head.Protocol} {head.Values("Origin").Count > 0}";
    }

    private static FuzzServer Start()
    {
        var options = new ServerOptions { TimeProvider = new FakeTimeProvider(), Compression = MessageCompression.Deflate };
        options.AllowedOrigins.Add(HandshakeReference.AllowedOrigin);
        var server = new FuzzServer(options);
        server.Life.BecomeHosted(logging: null, meters: null, time: null, CancellationToken.None);
        return server;
    }
}
