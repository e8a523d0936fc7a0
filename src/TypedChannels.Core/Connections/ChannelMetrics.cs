namespace TypedChannels;

/// <summary>What is counted. Safe for concurrent use.</summary>
internal sealed class ChannelMetrics
{
}
