namespace TypedChannels.Generators;

/// <summary>A server or client class as its user declared it, before the project's own channels are known.</summary>
/// <param name="Type">The class.</param>
/// <param name="DeclaresBase">Whether the user's part names the base class.</param>
/// <param name="DeclaresConstructor">Whether the user's part has an instance constructor.</param>
/// <param name="SpeaksOwnChannels">Whether the project's own channels belong to it.</param>
/// <param name="OtherChannels">Those of other assemblies.</param>
/// <param name="Taken">What generated members must not meet, in the class and, of a server, in its connection.</param>
/// <param name="Server">What only a server has; <see langword="null"/>: a client.</param>
internal sealed record EndpointDeclaration(
    TypeModel Type,
    bool DeclaresBase,
    bool DeclaresConstructor,
    bool SpeaksOwnChannels,
    EquatableArray<ChannelModel> OtherChannels,
    EquatableArray<TakenMember> Taken,
    ServerPart? Server);

/// <summary>What only a server has.</summary>
/// <param name="Props">The full name of the properties' type.</param>
/// <param name="Connection">The connection class.</param>
/// <param name="ConnectionModifiers">The modifiers of its generated part.</param>
/// <param name="OverridesCreateProps">Whether the user makes the properties.</param>
/// <param name="OverridesCreateConnection">Whether the user makes the connection.</param>
/// <param name="Constructor">How the constructor is called that a host uses.</param>
internal sealed record ServerPart(
    string Props,
    TypeModel Connection,
    string ConnectionModifiers,
    bool OverridesCreateProps,
    bool OverridesCreateConnection,
    EquatableArray<ArgumentModel> Constructor);

/// <summary>Where a constructor's argument comes from when a host makes the server.</summary>
internal enum ArgumentSource
{
    Options,
    Services,
    RequiredService,
    OptionalService,
}

/// <summary>One argument of that call.</summary>
/// <param name="Parameter">The parameter's name, keywords escaped; arguments are named, since one with a default may be left out.</param>
/// <param name="Type">The parameter's type.</param>
/// <param name="Source">Where the value comes from.</param>
/// <param name="Key">The service's key, as an expression; <see langword="null"/>: it has none.</param>
internal sealed record ArgumentModel(string Parameter, string Type, ArgumentSource Source, string? Key = null);

/// <summary>A server or client with its channels: all that is printed.</summary>
/// <param name="Type">The class.</param>
/// <param name="DeclaresBase">Whether the user's part names the base class.</param>
/// <param name="DeclaresConstructor">Whether the user's part has an instance constructor.</param>
/// <param name="Server">What only a server has; <see langword="null"/>: a client.</param>
/// <param name="ServerField">The connection's field for its server.</param>
/// <param name="Channels">The channels, in the order of their names.</param>
internal sealed record EndpointModel(
    TypeModel Type,
    bool DeclaresBase,
    bool DeclaresConstructor,
    ServerPart? Server,
    string ServerField,
    EquatableArray<EndpointChannel> Channels);

/// <summary>A channel as one endpoint has it.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Receives">Whether this side receives it.</param>
/// <param name="Sends">Whether this side sends it.</param>
/// <param name="HandlersField">The field behind the event.</param>
internal sealed record EndpointChannel(ChannelModel Channel, bool Receives, bool Sends, string HandlersField)
{
    public string Event => "On" + Channel.MemberName;

    public string Send => "Send" + Channel.MemberName + "Async";

    public string Emit => "Emit" + Channel.MemberName + "Async";
}
