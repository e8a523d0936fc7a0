using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TypedChannels;

/// <summary>A request that carries a connection while it lasts; afterwards its context serves another one. Safe for concurrent use.</summary>
/// <param name="context">The request.</param>
/// <param name="pipe">Its bytes, after the handshake.</param>
/// <param name="opened">What it came to.</param>
internal sealed class OpenRequest(HttpContext context, IDuplexPipe pipe, OpenIntake opened) : IByteConnection
{
    // RFC 8441 §5: what a reset is to TCP, CANCEL is to a stream of HTTP/2 (RFC 9113 §7).
    private const int Cancel = 8;

    // Itself is the lock: one of its own would be held as long as the connection.
    private HttpContext? _context = context;

    public PipeReader Input => pipe.Input;

    public PipeWriter Output => pipe.Output;

    // Asked for by who needs it: Kestrel makes the token then.
    public CancellationToken Lost
    {
        get
        {
            lock (this)
                return _context?.RequestAborted ?? new CancellationToken(canceled: true);
        }
    }

    public void Abort()
    {
        lock (this)
        {
            if (_context is null)
                return;
            var stream = _context.Features.Get<IHttpResetFeature>();
            if (stream is null)
                _context.Abort();
            // When Kestrel stops, it waits for the client to end a stream that was reset here, for as long as its host waits at all; and this
            // client is silent. What else it has on its HTTP/2 connection goes too: its other WebSockets are as overdue.
            else if (opened.IsStopping && _context.Features.Get<IConnectionLifetimeFeature>() is { } http2)
                http2.Abort();
            else
                stream.Reset(Cancel);
        }
    }

    public void End()
    {
        lock (this)
            _context = null;
    }
}
