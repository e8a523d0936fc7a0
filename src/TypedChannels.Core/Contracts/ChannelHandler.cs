namespace TypedChannels;

/// <summary>Handles a message, or an event, of one connection. It is awaited before the connection's next message is handled.</summary>
/// <typeparam name="TMessage">The channel's record, or what the event tells.</typeparam>
/// <param name="message">The message.</param>
/// <returns>A task that ends when the message is handled.</returns>
/// <remarks>
/// It runs on the thread that reads the connection: it awaits what takes long, and does not block (<c>Thread.Sleep</c>, <c>.Result</c>,
/// <c>.Wait()</c>), or pings go unanswered and nothing that it has sent is written meanwhile. Without variance on purpose: combining
/// delegates of different variance throws at run time.
/// </remarks>
public delegate ValueTask ChannelHandler<TMessage>(TMessage message);

/// <summary>
/// Handles a message, or an event, of any connection of a server. It is awaited before that connection's next message is handled.
/// </summary>
/// <typeparam name="TConnection">The server's connection type.</typeparam>
/// <typeparam name="TMessage">The channel's record, or what the event tells.</typeparam>
/// <param name="connection">The connection on which the message came.</param>
/// <param name="message">The message.</param>
/// <returns>A task that ends when the message is handled.</returns>
/// <remarks>Without variance on purpose: combining delegates of different variance throws at run time.</remarks>
public delegate ValueTask ChannelHandler<TConnection, TMessage>(TConnection connection, TMessage message);
