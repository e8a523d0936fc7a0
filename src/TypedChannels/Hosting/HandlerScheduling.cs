namespace TypedChannels;

/// <summary>On which threads a server's handlers begin.</summary>
public enum HandlerScheduling
{
    /// <summary>On the thread pool: a handler that blocks its thread holds up no other connection.</summary>
    ThreadPool,

    /// <summary>
    /// On the I/O threads, of which there is one a core: a message is handled where it was received, without a change of thread, until its
    /// handler first waits. A handler that blocks, or computes for long, holds up all connections of its thread, and is reported.
    /// </summary>
    Inline,
}
