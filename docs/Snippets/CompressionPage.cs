using TypedChannels;

namespace Snippets;

internal static class CompressionPage
{
    public static ChatServer Create() => new(
        #region compression-on
        new ServerOptions { Compression = MessageCompression.Deflate }
        #endregion
    );
}

#region compression-off-for-a-channel
[Channel("session", Compress = false)]
public sealed record Session(string Token, string Greeting);
#endregion
