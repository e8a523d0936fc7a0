using System.Text.Json.Serialization;
using TypedChannels;
using TypedChannels.Json.Tests.Corpus;

[assembly: ChannelJson(Context = typeof(OwnContext))]

namespace TypedChannels.Json.Tests.Corpus;

/// <summary>The project's own context: for what cannot be generated, and for what shall be System.Text.Json's.</summary>
[JsonSerializable(typeof(System.Drawing.Size))]
[JsonSerializable(typeof(object))]
[JsonSerializable(typeof(OwnRecord))]
[JsonSerializable(typeof(OwnRoot))]
internal sealed partial class OwnContext : JsonSerializerContext;

/// <summary>Could be generated, and is not: the own context lists it.</summary>
public sealed record OwnRecord(string UserName, System.Drawing.Point Place, Mood Mood, Chat? Chat);

[Channel("of the own context")]
public sealed record OfOwn(System.Drawing.Size B, OwnRecord C, List<OwnRecord>? D);

[Channel("anything")]
public sealed record Anything(object? A, List<object?> B);

[Channel("own root")]
public sealed record OwnRoot(int SomeNumber, OwnRecord? Inner);
