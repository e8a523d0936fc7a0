using TypedChannels;

namespace Poll;

/// <summary>A client votes; its later vote takes the place of the earlier one.</summary>
[Channel("vote", Direction = ChannelDirection.ToServer)]
public sealed record Vote(Drink Drink);

/// <summary>The votes of all who are connected, told whenever they change.</summary>
[Channel("results", Direction = ChannelDirection.ToClient)]
public sealed record Results(int Tea, int Coffee);

public enum Drink
{
    Tea,
    Coffee,
}
