using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TypedChannels;

/// <summary>A request that can be dropped while it lasts; afterwards its context serves another one. Safe for concurrent use.</summary>
/// <param name="context">The request.</param>
/// <param name="opened">What it came to.</param>
internal sealed class OpenRequest(HttpContext context, OpenIntake opened)
{
    // RFC 8441 §5: what a reset is to TCP, CANCEL is to a stream of HTTP/2 (RFC 9113 §7).
    private const int Cancel = 8;

    private readonly Lock _gate = new();
    private readonly IHttpResetFeature? _stream = context.Features.Get<IHttpResetFeature>();
    private HttpContext? _context = context;

    public void Abort()
    {
        lock (_gate)
        {
            if (_context is null)
                return;
            if (_stream is null)
                _context.Abort();
            // When Kestrel stops, it waits for the client to end a stream that was reset here, for as long as its host waits at all; and this
            // client is silent. What else it has on its HTTP/2 connection goes too: its other WebSockets are as overdue.
            else if (opened.IsStopping && _context.Features.Get<IConnectionLifetimeFeature>() is { } http2)
                http2.Abort();
            else
                _stream.Reset(Cancel);
        }
    }

    public void End()
    {
        lock (_gate)
            _context = null;
    }
}
