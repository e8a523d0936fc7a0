namespace TypedChannels;

/// <summary>The server's certificate for TLS, as PEM text.</summary>
public sealed class SslOptions
{
    /// <summary>The certificate, followed by those of its chain, in PEM.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>The certificate's private key, in PEM, not encrypted.</summary>
    public string Key { get; set; } = "";
}
