namespace TypedChannels.Fuzz.Contracts;

public sealed class Person
{
    public string Name { get; set; } = "";
}

#pragma warning disable TCH0040 // What is fuzzed ends before a handler would begin.
/// <summary>Whose handshakes and connections are fuzzed.</summary>
[ChannelServer<Person>]
public sealed partial class FuzzServer;
