using System.ComponentModel;

namespace TypedChannels;

/// <summary>How a host makes a generated server, without reflection. Implemented by generated code.</summary>
/// <typeparam name="TSelf">The server class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IChannelServer<TSelf>
    where TSelf : Server, IChannelServer<TSelf>
{
    /// <summary>Makes the server.</summary>
    /// <param name="services">Where the constructor's further parameters come from.</param>
    /// <param name="options">The server's options.</param>
    /// <returns>The server.</returns>
    static abstract TSelf Create(IServiceProvider services, ServerOptions options);
}
