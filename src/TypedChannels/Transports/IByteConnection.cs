using System.IO.Pipelines;

namespace TypedChannels;

/// <summary>What carries the bytes of one connection: they are left as they are when its transport ends.</summary>
internal interface IByteConnection : IDuplexPipe
{
    /// <summary>Cancelled when the peer is lost, whether anybody reads or not.</summary>
    CancellationToken Lost { get; }

    /// <summary>Drops the connection now. Safe for concurrent use, and at any time.</summary>
    void Abort();
}
