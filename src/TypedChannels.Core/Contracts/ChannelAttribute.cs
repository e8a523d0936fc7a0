namespace TypedChannels;

/// <summary>Declares a record, class or struct as the message of a channel.</summary>
/// <remarks>
/// The generator gives the contract's servers and clients an <c>On…</c> event where they receive the channel and a <c>Send…Async</c>
/// (and, on the server, <c>Emit…Async</c>) method where they send it.
/// </remarks>
/// <param name="name">
/// The channel's name on the wire: 1 to 128 bytes of UTF-8, unique in its contract, without control characters,
/// not beginning with <c>_system:</c>.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ChannelAttribute(string name) : Attribute
{
    /// <summary>The channel's name on the wire.</summary>
    public string Name { get; } = name;

    /// <summary>Which side sends. Default <see cref="ChannelDirection.Both"/>.</summary>
    public ChannelDirection Direction { get; set; }

    /// <summary>
    /// What the generated members are called: <c>Chat</c> gives <c>OnChat</c> and <c>SendChatAsync</c>. Default:
    /// the channel's name, split at every character that is neither a letter nor a digit, each part capitalised.
    /// </summary>
    public string? MemberName { get; set; }

    /// <summary>Largest text message accepted on this channel, in bytes of the whole message, envelope included.</summary>
    /// <value>0 to 2,147,483,647. Default 0: the connection's own limit.</value>
    public int MaxBytes { get; set; }

    /// <summary>
    /// Whether the server may compress this channel's messages, where <c>ServerOptions.Compression</c> is on and the client agrees. Say
    /// <see langword="false"/> for a message that joins a secret with text that an attacker may choose: the length of what is compressed
    /// tells of the secret.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool Compress { get; set; } = true;
}
