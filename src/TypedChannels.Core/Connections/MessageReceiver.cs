namespace TypedChannels;

/// <summary>What is done with a received message. The result ends when it is handled, and never fails.</summary>
/// <param name="opcode">Text or binary.</param>
/// <param name="payload">The message's bytes; valid until this returns.</param>
internal delegate ValueTask MessageReceiver(Opcode opcode, ReadOnlySpan<byte> payload);
