using TypedChannels;

// The contract and the server of the README's program, for the pieces that go on from it.
[Channel("chat")]
public sealed record ChatMessage(string User, string Text);

[Channel("set:name", Direction = ChannelDirection.ToServer)]
public sealed record SetName(string Name);

[Channel("set:name success", Direction = ChannelDirection.ToClient)]
public sealed record SetNameSuccess(string Name);

public sealed class ChatProps
{
    public string Name { get; set; } = "anonymous";
}

[ChannelServer<ChatProps>]
public sealed partial class ChatServer;
