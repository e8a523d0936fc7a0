using TypedChannels;

namespace Chat;

/// <summary>Somebody in the room.</summary>
/// <param name="Id">Stays the same for as long as the connection, whatever the person is called; drawn by the server.</param>
/// <param name="Name">What the person is called now.</param>
public sealed record Person(Guid Id, string Name);

/// <summary>Something that somebody says.</summary>
/// <remarks>A client fills in the text only. The server sets the rest, whatever the client wrote there.</remarks>
/// <param name="Text">What is said. Only spaces say nothing and are dropped.</param>
/// <param name="From">Who says it.</param>
/// <param name="At">When it reached the server.</param>
[Channel("chat", MaxBytes = 8 * 1024)]
public sealed record ChatMessage(string Text, Person? From = null, DateTimeOffset? At = null);

/// <summary>The last things said before the receiver came, the oldest first.</summary>
/// <remarks>Sent once, at the start of a connection; it replaces whatever the receiver showed.</remarks>
/// <param name="Messages">The messages.</param>
[Channel("history", Direction = ChannelDirection.ToClient)]
public sealed record History(IReadOnlyList<ChatMessage> Messages);

/// <summary>Asks to be called something. The first name is what lets a person in; any later one renames.</summary>
/// <remarks>The answer is <see cref="SetNameSuccess"/> or <see cref="SetNameRefused"/>.</remarks>
/// <param name="Name">The name. Spaces around it do not count.</param>
[Channel("set:name", Direction = ChannelDirection.ToServer)]
public sealed record SetName(string Name)
{
    /// <summary>The longest name, in UTF-16 code units, as .NET's strings and a browser's text fields count them.</summary>
    public const int MaxLength = 24;
}

/// <summary>The name is the sender's now.</summary>
/// <param name="You">The sender, as the others see them.</param>
[Channel("set:name success", Direction = ChannelDirection.ToClient)]
public sealed record SetNameSuccess(Person You);

/// <summary>The sender is still called what they were called before, if anything.</summary>
/// <param name="Reason">Why.</param>
[Channel("set:name refused", Direction = ChannelDirection.ToClient)]
public sealed record SetNameRefused(NameRefusal Reason);

/// <summary>Why a name was refused.</summary>
public enum NameRefusal
{
    /// <summary>There is none: it was empty, or the sender spoke before they had one.</summary>
    Missing,

    /// <summary>Longer than <see cref="SetName.MaxLength"/>.</summary>
    TooLong,

    /// <summary>Somebody else here has it; upper and lower case do not tell two names apart.</summary>
    Taken,
}

/// <summary>Who is here. Sent at the start, and to everybody whenever somebody joins, leaves or is renamed.</summary>
/// <param name="Here">Everybody who has a name, in alphabetical order.</param>
[Channel("people", Direction = ChannelDirection.ToClient)]
public sealed record People(IReadOnlyList<Person> Here);

/// <summary>Somebody came in: chose a first name.</summary>
/// <param name="Who">Who.</param>
[Channel("joined", Direction = ChannelDirection.ToClient)]
public sealed record Joined(Person Who);

/// <summary>Somebody went away, or was lost.</summary>
/// <param name="Who">Who.</param>
[Channel("left", Direction = ChannelDirection.ToClient)]
public sealed record Left(Person Who);
