using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TypedChannels;

/// <summary>
/// The endpoint: takes handshakes, carries each connection to its end, and closes them all when the server stops. Safe for concurrent use.
/// </summary>
internal sealed class ConnectionIntake(Server server)
{
    private volatile OpenIntake? _opened;
    private int _count;

    /// <summary>Where identifiers come from: 128 random bits, which nobody can guess.</summary>
    public Func<string> NewIdentifier { get; init; } = static () => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Connections whose handshake is under way or whose transport is not over.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Begins to take handshakes.</summary>
    public void Open() => _opened = new OpenIntake(
        new Sweeper(server.Time, server.Limits.SweepInterval),
        new OriginPolicy(server.Options.AllowedOrigins),
        server.Options.MaxConnections);

    /// <summary>
    /// Refuses further handshakes and closes all connections. Ends when they are closed; see <see cref="Server.StopAsync"/>.
    /// </summary>
    /// <returns>What may still run: handlers that have not ended.</returns>
    public async Task<Task> CloseAsync(CancellationToken cancellationToken)
    {
        var opened = Interlocked.Exchange(ref _opened, null);
        if (opened is null)
            return Task.CompletedTask;
        // Its deadlines are looked at as long as somebody is left, a handshake that is under way too.
        opened.Leave();
        var all = opened.Sweeper.Connections.ToArray();
        // A connection whose disconnect event is under way may be the one that stops the server.
        var connections = all.Where(connection => !connection.Closed.IsCompleted).ToArray();
        using var registration = cancellationToken.Register(() =>
        {
            foreach (var connection in connections)
                connection.Abort();
        });
        foreach (var connection in connections)
            connection.BeginClose(CloseCode.GoingAway, "The server stops.");
        // The sweep cuts each at the close timeout, unless a handler blocks the thread that would see it.
        await WithinCloseTimeoutAsync(connections.Select(connection => connection.Closed)).ConfigureAwait(false);
        await WithinCloseTimeoutAsync(connections.Where(connection => !connection.IsHandling).Select(connection => connection.Finished))
            .ConfigureAwait(false);
        return WithinCloseTimeoutAsync(all.Select(connection => connection.Finished));
    }

    /// <summary>The endpoint's request delegate.</summary>
    public async Task AcceptAsync(HttpContext context)
    {
        if (OpeningHandshake.Check(context) is { } fault)
        {
            await RefuseAsync(context, fault.Status, fault.Reason).ConfigureAwait(false);
            return;
        }
        if (_opened is not { } opened || !opened.TryEnter())
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The server is stopping.").ConfigureAwait(false);
            return;
        }
        try
        {
            await AcceptAsync(context, opened).ConfigureAwait(false);
        }
        finally
        {
            opened.Leave();
        }
    }

    private async Task AcceptAsync(HttpContext context, OpenIntake opened)
    {
        if (!IsOriginAllowed(context, opened.Origins))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "The page's origin is not allowed.").ConfigureAwait(false);
            return;
        }
        try
        {
            if (Interlocked.Increment(ref _count) > opened.MaxConnections)
            {
                ServerLog.Full(server.Logger, opened.MaxConnections);
                await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The server is full.").ConfigureAwait(false);
                return;
            }
            var handshake = new HandshakeContext(context);
            await server.DecideAsync(handshake).ConfigureAwait(false);
            if (handshake.RefusedWith != 0)
                await RefuseAsync(context, handshake.RefusedWith, "The handshake is refused.").ConfigureAwait(false);
            else
                await CarryAsync(context, handshake, opened).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private async Task CarryAsync(HttpContext context, HandshakeContext handshake, OpenIntake opened)
    {
        var connection = server.NewConnection(handshake, NewIdentifier());
        // What is asked of the features before the upgrade: the transport's
        // own pipes gain a quarter over the upgrade stream, on HTTP/1.1 only.
        var pipe = context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            ? context.Features.Get<IConnectionTransportFeature>()?.Transport
            : null;
        var stream = await OpeningHandshake.AcceptAsync(context).ConfigureAwait(false);
        var request = new OpenRequest(context);
        var transport = new PipeTransport(connection, pipe ?? new StreamPipe(stream), request.Abort, server.Limits, context.RequestAborted);
        connection.Attach(transport);
        opened.Sweeper.Add(connection);
        _ = RemoveAsync(connection, opened);
        // The server stopped meanwhile, and did not see this one.
        if (_opened != opened)
            connection.BeginClose(CloseCode.GoingAway, "The server stops.");
        try
        {
            await transport.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            request.End();
            handshake.Detach();
        }
    }

    private bool IsOriginAllowed(HttpContext context, OriginPolicy origins)
    {
        var request = context.Request;
        if (request.Headers.Origin is [])
            return true;
        if (request.Headers.Origin is [{ } origin] && origins.Allows(origin, request.Scheme, request.Host.Value ?? ""))
            return true;
        ServerLog.OriginRefused(server.Logger, Printable(request.Headers.Origin.ToString()), Printable(request.Host.Value ?? ""));
        return false;
    }

    /// <summary>What a peer sent, fit for a line of the log.</summary>
    private static string Printable(string text) =>
        string.Concat(text.Take(200).Select(
            c => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format ? '?' : c));

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason + "\n");
    }

    private async Task WithinCloseTimeoutAsync(IEnumerable<Task> ends)
    {
        try
        {
            await Task.WhenAll(ends)
                .WaitAsync(server.Limits.CloseTimeout + server.Limits.SweepInterval * 2, server.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            ServerLog.HandlersOutlive(server.Logger);
        }
    }

    private static async Task RemoveAsync(ChannelConnection connection, OpenIntake opened)
    {
        // Its caller has entered, and leaves later than this begins.
        opened.TryEnter();
        await connection.Finished.ConfigureAwait(false);
        opened.Sweeper.Remove(connection);
        opened.Leave();
    }
}
