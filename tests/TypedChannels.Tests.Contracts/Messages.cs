using System.Text.Json;

namespace TypedChannels.Tests.Contracts;

/// <summary>Goes both ways.</summary>
[Channel("say")]
public sealed record Say(string Text, int Number = 0);

[Channel("up", Direction = ChannelDirection.ToServer)]
public sealed record Up(string Text);

[Channel("down", Direction = ChannelDirection.ToClient)]
public sealed record Down(string Text);

/// <summary>Has a limit of its own, far below the connection's.</summary>
[Channel("small", MaxBytes = 80)]
public sealed record Small(string Text);

/// <summary>Is never compressed.</summary>
[Channel("secret", Direction = ChannelDirection.ToClient, Compress = false)]
public sealed record Secret(string Text);

/// <summary>Nobody handles it.</summary>
[Channel("lonely")]
public sealed record Lonely(string Text);

/// <summary>Has no members.</summary>
[Channel("tick")]
public sealed record Tick;

public enum Level
{
    Low,
    High,
}

[Channel("strict", Direction = ChannelDirection.ToServer)]
public sealed record Strict(int Count, Level Level, string Name);

/// <summary>Says of its content only that it is JSON.</summary>
[Channel("free", Direction = ChannelDirection.ToServer)]
public sealed record Free(JsonElement Value);

/// <summary>Its last letter is one code point; there is a spelling with two.</summary>
[Channel("caf\u00e9", MemberName = "Cafe", Direction = ChannelDirection.ToServer)]
public sealed record Cafe(string Text);
