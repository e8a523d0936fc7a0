namespace TypedChannels.Bench;

/// <summary>Answered with the same message.</summary>
[Channel("chat")]
public sealed record ChatMessage(string User, string Text);

/// <summary>Emitted to everyone on <c>chat</c>.</summary>
[Channel("all", Direction = ChannelDirection.ToServer)]
public sealed record ToAll(string User, string Text);
