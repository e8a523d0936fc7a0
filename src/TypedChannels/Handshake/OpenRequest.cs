using Microsoft.AspNetCore.Http;

namespace TypedChannels;

/// <summary>A request that can be dropped while it lasts; afterwards its context serves another one. Safe for concurrent use.</summary>
internal sealed class OpenRequest(HttpContext context)
{
    private readonly Lock _gate = new();
    private HttpContext? _context = context;

    public void Abort()
    {
        lock (_gate)
            _context?.Abort();
    }

    public void End()
    {
        lock (_gate)
            _context = null;
    }
}
