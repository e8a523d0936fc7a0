namespace TypedChannels;

/// <summary>Why a server could not be started or stopped.</summary>
public enum ServerErrors
{
    /// <summary>The server is running.</summary>
    AlreadyRunning = 0,

    /// <summary>The server is being started.</summary>
    AlreadyStarting,

    /// <summary>The server is not running.</summary>
    NotRunning,

    /// <summary>Another process listens on the port.</summary>
    AddressInUse,

    /// <summary>The certificate or its key cannot be read, or they do not belong together.</summary>
    InvalidCertificate,

    /// <summary>An option is out of its range; the message names it.</summary>
    InvalidOptions,

    /// <summary>The server is mapped into an application, whose host starts and stops it.</summary>
    Hosted,
}
