namespace TypedChannels.Fuzz.Contracts;

public sealed class Person
{
    public string Name { get; set; } = "";
}

/// <summary>Whose handshakes and connections are fuzzed.</summary>
[ChannelServer<Person>]
public sealed partial class FuzzServer;
