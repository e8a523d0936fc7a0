namespace TypedChannels.Load;

/// <summary>Broadcast to all.</summary>
[Channel("tick", Direction = ChannelDirection.ToClient)]
public sealed record Tick(long Number, long SentAt, string Padding);

/// <summary>Sent to one.</summary>
[Channel("fill", Direction = ChannelDirection.ToClient)]
public sealed record Fill(string Padding);

/// <summary>Comes back as it is.</summary>
[Channel("echo")]
public sealed record Echo(long Number);

/// <summary>Comes back as it is, too.</summary>
[Channel("say")]
public sealed record Say(string Text);

/// <summary>Is read, and nothing more.</summary>
[Channel("sink", Direction = ChannelDirection.ToServer)]
public sealed record Sink(string Text = "");

/// <summary>Is answered with a <see cref="Fill"/> of so many bytes.</summary>
[Channel("ask", Direction = ChannelDirection.ToServer)]
public sealed record Ask(int Bytes);
