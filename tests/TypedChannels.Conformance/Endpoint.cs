namespace TypedChannels.Conformance;

/// <summary>What the endpoint does with a message.</summary>
internal enum EndpointKind
{
    /// <summary>Sends text and binary back as they came.</summary>
    Echo,

    /// <summary>A server of typed channels, which sends back what comes on channel <c>echo</c>.</summary>
    Channels,
}

/// <summary>Where a server of WebSockets is, and what it is.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Uri">ws:// or wss://; a certificate is not checked.</param>
/// <param name="Kind">What it does with a message.</param>
internal sealed record Endpoint(string Name, Uri Uri, EndpointKind Kind);
