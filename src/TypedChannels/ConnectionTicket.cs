using System.ComponentModel;

namespace TypedChannels;

/// <summary>What a connection is made from. Handed through by generated code; not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ConnectionTicket
{
    internal ConnectionTicket(
        string identifier,
        HandshakeContext handshake,
        object props,
        IConnectionHome home,
        ConnectionLimits limits,
        ConnectionServices services)
    {
        Identifier = identifier;
        Handshake = handshake;
        Props = props;
        Home = home;
        Limits = limits;
        Services = services;
    }

    internal string Identifier { get; }

    internal HandshakeContext Handshake { get; }

    internal object Props { get; }

    internal IConnectionHome Home { get; }

    internal ConnectionLimits Limits { get; }

    internal ConnectionServices Services { get; }
}
