using System.Buffers;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>What a connection stands on, shared by all connections of a server.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Where log messages go.</param>
/// <param name="Metrics">Where events are counted; null: nowhere.</param>
internal sealed record ConnectionServices(TimeProvider Time, ILogger Logger, ChannelMetrics? Metrics = null)
{
    /// <summary>Where a handled message's activity comes from; null: there is none.</summary>
    public ActivitySource? Activities { get; init; }

    /// <summary>What looks at handlers that block, where they begin on I/O threads; null: they do not.</summary>
    public HandlerWatch? Watch { get; init; }

    /// <summary>Where arrays for messages come from and go back to.</summary>
    public ArrayPool<byte> Buffers { get; init; } = ArrayPool<byte>.Shared;
}
