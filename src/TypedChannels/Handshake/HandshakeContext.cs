using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace TypedChannels;

/// <summary>The request with which a client asks for a connection. Not safe for concurrent use while it can still be refused.</summary>
public sealed class HandshakeContext
{
    private readonly Lock _gate = new();
    private readonly string? _queryString;
    private readonly IPAddress? _remoteAddress;
    private readonly int _remotePort;

    // What the request has of these, or is made of nothing when it is asked for: most connections' never is, and it would be held as long.
    private IQueryCollection? _query;
    private RouteValueDictionary? _routeValues;
    private ClaimsPrincipal? _user;

    // The request's own, or made of what was kept of them.
    private IHeaderDictionary? _headers;
    private KeyValuePair<string, StringValues>[]? _kept;

    private IHttpRequestLifetimeFeature? _lifetime;
    private CancellationTokenSource? _aborted;
    private bool _isGivenUp;

    internal HandshakeContext(HttpContext context)
    {
        var (request, features) = (context.Request, context.Features);
        _headers = request.Headers;
        Path = request.Path;
        _queryString = request.QueryString.Value;
        // A feature that is not there would be made, and stay: so only those are looked into that somebody has set.
        _query = features.Get<IQueryFeature>()?.Query;
        _routeValues = context.GetEndpoint() is null ? null : new(request.RouteValues);
        _user = features.Get<IHttpAuthenticationFeature>()?.User;
        var peer = features.Get<IHttpConnectionFeature>();
        (_remoteAddress, _remotePort) = (peer?.RemoteIpAddress, peer?.RemotePort ?? 0);
        _lifetime = features.Get<IHttpRequestLifetimeFeature>();
    }

    /// <summary>The request's path, without the application's path base.</summary>
    public PathString Path { get; }

    /// <summary>The request's query.</summary>
    public IQueryCollection Query =>
        LazyInitializer.EnsureInitialized(ref _query, () => new QueryCollection(QueryHelpers.ParseQuery(_queryString)));

    /// <summary>
    /// What the parameters of the route are, by their names: <c>RouteValues["room"]</c> is a string for the route <c>/rooms/{room}</c>.
    /// </summary>
    /// <value>Empty on the server's own host.</value>
    public RouteValueDictionary RouteValues => LazyInitializer.EnsureInitialized(ref _routeValues, static () => []);

    /// <summary>The request's headers.</summary>
    public IHeaderDictionary Headers
    {
        get
        {
            lock (_gate)
                return _headers ??= new HeaderDictionary(new Dictionary<string, StringValues>(_kept!, StringComparer.OrdinalIgnoreCase));
        }
    }

    /// <summary>Who the application's authentication says the client is; not authenticated where it says nothing.</summary>
    public ClaimsPrincipal User => LazyInitializer.EnsureInitialized(ref _user, static () => new ClaimsPrincipal(new ClaimsIdentity()));

    /// <summary>Where the client connects from, as the transport, or the application's forwarded-headers middleware, tells.</summary>
    public IPEndPoint? RemoteEndPoint => _remoteAddress is null ? null : new IPEndPoint(_remoteAddress, _remotePort);

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
                _aborted ??= CancellationTokenSource.CreateLinkedTokenSource(_lifetime?.RequestAborted ?? default);
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
            _lifetime = null;
            // Where it is given up, the user's callbacks may still be running.
            if (_isGivenUp)
                return;
            _aborted?.Dispose();
            _aborted = null;
        }
    }

    private void KeepHeaders()
    {
        lock (_gate)
        {
            if (_kept is not null)
                return;
            _kept = [.. _headers!];
            _headers = null;
        }
    }
}
