// The contract and the servers of the pages, for the pieces that go on from them.
#region declarations
using TypedChannels;

[Channel("chat")]
public sealed record ChatMessage(string User, string Text);

public sealed class ChatProps
{
    public string Name { get; set; } = "anonymous";
}

[ChannelServer<ChatProps>]
public sealed partial class ChatServer;

[Channel("alarm", Direction = ChannelDirection.ToClient)]
public sealed record Alarm(string Text);

public sealed class AlarmProps;

[ChannelServer<AlarmProps>]
public sealed partial class AlarmServer;
#endregion

// What the README's program has besides.
[Channel("set:name", Direction = ChannelDirection.ToServer)]
public sealed record SetName(string Name);

[Channel("set:name success", Direction = ChannelDirection.ToClient)]
public sealed record SetNameSuccess(string Name);
