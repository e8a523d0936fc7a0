using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TypedChannels;

/// <summary>The request with which a client asks for a connection. Not safe for concurrent use while it can still be refused.</summary>
public sealed class HandshakeContext
{
    private readonly Lock _gate = new();
    private IHeaderDictionary _headers;
    private CancellationToken _requestAborted;
    private CancellationTokenSource? _aborted;
    private bool _isGivenUp;

    internal HandshakeContext(HttpContext context)
    {
        _headers = context.Request.Headers;
        Path = context.Request.Path;
        Query = context.Request.Query;
        RouteValues = new RouteValueDictionary(context.Request.RouteValues);
        User = context.User;
        var port = context.Connection.RemotePort;
        RemoteEndPoint = context.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, port) : null;
        _requestAborted = context.RequestAborted;
    }

    /// <summary>The request's path, without the application's path base.</summary>
    public PathString Path { get; }

    /// <summary>The request's query.</summary>
    public IQueryCollection Query { get; }

    /// <summary>
    /// What the parameters of the route are, by their names: <c>RouteValues["room"]</c> is a string for the route <c>/rooms/{room}</c>.
    /// </summary>
    /// <value>Empty on the server's own host.</value>
    public RouteValueDictionary RouteValues { get; }

    /// <summary>The request's headers.</summary>
    public IHeaderDictionary Headers => _headers;

    /// <summary>Who the application's authentication says the client is; not authenticated where it says nothing.</summary>
    public ClaimsPrincipal User { get; }

    /// <summary>Where the client connects from, as the transport, or the application's forwarded-headers middleware, tells.</summary>
    public IPEndPoint? RemoteEndPoint { get; }

    /// <summary>
    /// Cancelled when the client gives up before the handshake is done, <see cref="ServerOptions.HandshakeTimeout"/> has passed, or the
    /// server stops.
    /// </summary>
    public CancellationToken RequestAborted
    {
        get
        {
            lock (_gate)
            {
                // Made when first asked for: most handshakes are decided without.
                _aborted ??= CancellationTokenSource.CreateLinkedTokenSource(_requestAborted);
                if (_isGivenUp)
                    _aborted.Cancel();
                return _aborted.Token;
            }
        }
    }

    /// <summary>The status that the handshake is refused with; 0 where it is not.</summary>
    internal int RefusedWith { get; private set; }

    /// <summary>Refuses the handshake.</summary>
    /// <param name="statusCode">The HTTP status to answer with: 400 to 599.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is no refusal.</exception>
    public void Refuse(int statusCode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 599);
        RefusedWith = statusCode;
    }

    /// <summary>The handshake is refused though nothing is decided. Whoever still decides must not see the request's next user.</summary>
    /// <returns>A task that ends when the user's callbacks of <see cref="RequestAborted"/> have.</returns>
    internal Task GiveUpAsync()
    {
        CancellationTokenSource? aborted;
        lock (_gate)
        {
            _isGivenUp = true;
            aborted = _aborted;
        }
        KeepHeaders();
        // On the pool: the user's callbacks must not run inside the handshake.
        return aborted?.CancelAsync() ?? Task.CompletedTask;
    }

    /// <summary>Lets go of the request, which its server will use again for another; what it said can still be read.</summary>
    internal void Detach()
    {
        KeepHeaders();
        lock (_gate)
        {
            _requestAborted = CancellationToken.None;
            // Where it is given up, the user's callbacks may still be running.
            if (_isGivenUp)
                return;
            _aborted?.Dispose();
            _aborted = null;
        }
    }

    private void KeepHeaders()
    {
        var copy = new HeaderDictionary();
        foreach (var (name, value) in _headers)
            copy[name] = value;
        _headers = copy;
    }
}
