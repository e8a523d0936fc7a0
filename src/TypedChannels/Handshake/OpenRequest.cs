using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TypedChannels;

/// <summary>A request that can be dropped while it lasts; afterwards its context serves another one. Safe for concurrent use.</summary>
internal sealed class OpenRequest(HttpContext context)
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
