namespace TypedChannels;

/// <summary>Why a connection was closed (RFC 6455 §7.4.1, and the registry that it opens). The application's own are 4000–4999.</summary>
internal enum CloseCode : ushort
{
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    UnsupportedData = 1003,

    /// <summary>The close frame carried no code. Never on the wire.</summary>
    NoStatus = 1005,

    /// <summary>The connection ended without a close frame. Never on the wire.</summary>
    Abnormal = 1006,

    InvalidPayload = 1007,
    PolicyViolation = 1008,
    MessageTooBig = 1009,
    MandatoryExtension = 1010,
    InternalError = 1011,
    ServiceRestart = 1012,
    TryAgainLater = 1013,
    BadGateway = 1014,

    /// <summary>The TLS handshake failed. Never on the wire.</summary>
    TlsHandshake = 1015,
}

internal static class CloseCodeRules
{
    extension(CloseCode code)
    {
        // RFC 6455 §7.4.1 reserves 1004, and keeps 1005, 1006 and 1015 off the wire;
        // §7.4.2 leaves 3000–3999 to libraries, and 4000–4999 to applications.
        public bool IsValidOnTheWire => (ushort)code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
    }
}
