using TypedChannels;

namespace Rooms;

public enum Mood
{
    Calm,
    Lively,
}

[Channel("chat")]
public sealed record ChatMessage(string User, string Text, Mood Mood = Mood.Calm, IReadOnlyList<string>? Tags = null);

[Channel("set:name", Direction = ChannelDirection.ToServer)]
public sealed record SetName(string Name);

[Channel("set:name success", Direction = ChannelDirection.ToClient)]
public sealed record SetNameSuccess(string Name);
