using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Logging;

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

    /// <summary>How many connections there may be; null: none, while no handshakes are taken.</summary>
    public int? MaxConnections => _opened?.MaxConnections;

    /// <summary>Begins to take handshakes.</summary>
    public void Open(int maxConnections) => _opened = new OpenIntake(
        new Sweeper(server.Time, server.Limits.SweepInterval, server.Services.Watch),
        new OriginPolicy(server.Options.AllowedOrigins),
        maxConnections,
        server.Options);

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
        opened.Stop();
        var all = opened.Sweeper.Connections;
        // A connection whose disconnect event is under way may be the one that stops the server.
        var connections = all.Where(connection => !connection.IsClosed).ToArray();
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

    /// <summary>Bytes that wait in the queues of all connections.</summary>
    public (long Inbound, long Outbound) CountQueueBytes()
    {
        (long Inbound, long Outbound) sum = default;
        foreach (var connection in _opened?.Sweeper.Connections ?? [])
            sum = (sum.Inbound + connection.Inbound.Bytes, sum.Outbound + connection.Outbound.Bytes);
        return sum;
    }

    /// <summary>The endpoint's request delegate.</summary>
    public Task AcceptAsync(HttpContext context)
    {
        var began = server.Time.GetTimestamp();
        return TryEnter(context, out var opened) is { } refusal
            ? RefuseAsync(context, refusal, began)
            : ServeAsync(context, opened, began);
    }

    private async Task RefuseAsync(HttpContext context, Refusal refusal, long began)
    {
        server.Services.Metrics?.HandshakeEnded(refusal.Outcome, server.Time.GetElapsedTime(began));
        ServerLog.HandshakeRefused(server.Logger, refusal.Status, refusal.Reason);
        context.Response.StatusCode = refusal.Status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(refusal.Reason + "\n").ConfigureAwait(false);
    }

    /// <summary>Looks at what can be decided at once. Null: the request has entered, and must <see cref="Leave"/>.</summary>
    private Refusal? TryEnter(HttpContext context, out OpenIntake opened)
    {
        opened = _opened!;
        if (OpeningHandshake.Check(context) is { } fault)
            return fault;
        if (opened is null || !opened.TryEnter())
            return Stopping();
        if (!IsOriginAllowed(context, opened))
        {
            opened.Leave();
            return new Refusal(StatusCodes.Status403Forbidden, "The page's origin is not allowed.", "origin");
        }
        if (Interlocked.Increment(ref _count) <= opened.MaxConnections)
            return null;
        Leave(opened);
        server.Services.Metrics?.LimitExceeded(nameof(ServerOptions.MaxConnections));
        if (opened.FullLog.TryEnter(server.Time.Elapsed, out var count))
            ServerLog.Full(server.Logger, count, opened.MaxConnections);
        return new Refusal(StatusCodes.Status503ServiceUnavailable, "The server is full.", "full");
    }

    /// <summary>A request that has entered leaves, or its connection, where that has been handed over.</summary>
    public void Leave(OpenIntake opened)
    {
        Interlocked.Decrement(ref _count);
        opened.Leave();
    }

    /// <summary>Decides on a request that has entered, and carries its connection to its end, or has that done after it.</summary>
    // One state machine for all of it: an idle connection holds what waits for its end.
    private async Task ServeAsync(HttpContext context, OpenIntake opened, long began)
    {
        var handshake = new HandshakeContext(context);
        Refusal? refusal;
        var isHandedOver = false;
        try
        {
            refusal = await TryDecideAsync(context, handshake, opened, began).ConfigureAwait(false);
            if (refusal is null)
            {
                var connection = NewConnection(context, handshake, began);
                string? extensions = null;
                var deflateWindowBits = opened.Compression == MessageCompression.Deflate
                    ? DeflateOffer.Choose(OpeningHandshake.Extensions(context), out extensions)
                    : null;
                // What is asked of the features before the upgrade: the transport's
                // own pipes gain a quarter over the upgrade stream, on HTTP/1.1 only.
                var pipe = context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
                    ? context.Features.Get<IConnectionTransportFeature>()?.Transport
                    : null;
                var stream = await OpeningHandshake.AcceptAsync(context, extensions).ConfigureAwait(false);
                TellAccepted(context, connection, handshake, began);
                // An activity lasts as long as its request, and the connection's messages are linked to it.
                if (Activity.Current is null && HandOver.Of(pipe) is { } tcp)
                {
                    tcp.Take(Begin(connection, tcp, opened, deflateWindowBits), this, opened);
                    isHandedOver = true;
                    return;
                }
                var request = new OpenRequest(context, pipe ?? new StreamPipe(stream), opened);
                try
                {
                    await Begin(connection, request, opened, deflateWindowBits).RunAsync().ConfigureAwait(false);
                }
                finally
                {
                    request.End();
                }
            }
        }
        finally
        {
            // Whoever keeps it, though it was refused, must not see the request's next user.
            handshake.Detach();
            if (!isHandedOver)
                Leave(opened);
        }
        if (refusal is not null)
            await RefuseAsync(context, refusal, began).ConfigureAwait(false);
    }

    /// <summary>Asks the user's code. What it throws is counted.</summary>
    private async ValueTask<Refusal?> TryDecideAsync(HttpContext context, HandshakeContext handshake, OpenIntake opened, long began)
    {
        try
        {
            return await DecideAsync(handshake, opened).ConfigureAwait(false);
        }
        catch
        {
            TellFailed(context, began);
            throw;
        }
    }

    private ChannelConnection NewConnection(HttpContext context, HandshakeContext handshake, long began)
    {
        try
        {
            return server.NewConnection(handshake, NewIdentifier());
        }
        catch
        {
            TellFailed(context, began);
            throw;
        }
    }

    private void TellFailed(HttpContext context, long began)
    {
        var outcome = context.RequestAborted.IsCancellationRequested ? "aborted" : "failed";
        server.Services.Metrics?.HandshakeEnded(outcome, server.Time.GetElapsedTime(began));
    }

    /// <summary>Asks the user's code, which has its time, and no longer than the server runs.</summary>
    private async ValueTask<Refusal?> DecideAsync(HandshakeContext handshake, OpenIntake opened)
    {
        var pending = server.DecideAsync(handshake);
        if (pending.IsCompletedSuccessfully)
            return RefusalOf(handshake);
        var decision = pending.AsTask();
        try
        {
            await decision.WaitAsync(opened.HandshakeTimeout, server.Time, opened.Stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == opened.Stopping)
        {
            GiveUp(handshake, decision);
            return Stopping();
        }
        catch (TimeoutException) when (!decision.IsFaulted)
        {
            GiveUp(handshake, decision);
            server.Services.Metrics?.LimitExceeded(nameof(ServerOptions.HandshakeTimeout));
            if (opened.TimeoutLog.TryEnter(server.Time.Elapsed, out var count))
                ServerLog.HandshakeTimedOut(server.Logger, count, opened.HandshakeTimeout);
            return new Refusal(StatusCodes.Status503ServiceUnavailable, "The handshake took too long.", "timeout");
        }
        return RefusalOf(handshake);
    }

    private static Refusal? RefusalOf(HandshakeContext handshake) =>
        handshake.RefusedWith == 0 ? null : new Refusal(handshake.RefusedWith, "The handshake is refused.", "refused");

    private void GiveUp(HandshakeContext handshake, Task decision)
    {
        // What they may still fail with has nobody else to tell.
        foreach (var users in (Task[])[handshake.GiveUpAsync(), decision])
        {
            _ = users.ContinueWith(
                static (task, state) => ServerLog.HandshakeFailed((ILogger)state!, task.Exception!.GetBaseException()),
                server.Logger, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private static Refusal Stopping() => new(StatusCodes.Status503ServiceUnavailable, "The server is stopping.", "stopping");

    private void TellAccepted(HttpContext context, ChannelConnection connection, HandshakeContext handshake, long began)
    {
        server.Services.Metrics?.HandshakeEnded("accepted", server.Time.GetElapsedTime(began));
        if (server.Logger.IsEnabled(LogLevel.Debug))
            ServerLog.HandshakeAccepted(server.Logger, connection.Identifier, handshake.RemoteEndPoint);
        // What leads from a message's activity to this one, which lasts as long as the connection.
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { Recorded: true } activity)
            activity.SetTag(MetricLabels.ConnectionKey, connection.Identifier);
        // An application's time for a request is one for the handshake, and not for the connection.
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
    }

    private PipeTransport Begin(ChannelConnection connection, IByteConnection bytes, OpenIntake opened, int? deflateWindowBits)
    {
        var transport = new PipeTransport(connection, bytes, server.Limits, deflateWindowBits);
        connection.Attach(transport);
        opened.Add(connection);
        // The server stopped meanwhile, and did not see this one.
        if (_opened != opened)
            connection.BeginClose(CloseCode.GoingAway, "The server stops.");
        return transport;
    }

    private bool IsOriginAllowed(HttpContext context, OpenIntake opened)
    {
        var request = context.Request;
        // Not Request.Host: it decodes the name, and throws where that cannot be done.
        var host = request.Headers.Host.ToString();
        if (request.Headers.Origin is [])
            return true;
        if (request.Headers.Origin is [{ } origin] && opened.Origins.Allows(origin, request.Scheme, host))
            return true;
        if (opened.OriginLog.TryEnter(server.Time.Elapsed, out var count))
        {
            var address = LogText.Printable($"{request.Scheme}://{host}");
            ServerLog.OriginRefused(server.Logger, count, LogText.Printable(request.Headers.Origin.ToString()), address);
        }
        return false;
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
}
