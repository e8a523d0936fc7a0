using System.Net.WebSockets;

namespace TypedChannels;

/// <summary>Compresses messages one by one: permessage-deflate without context takeover (RFC 7692 §7.2.1).</summary>
/// <remarks>The framework's own WebSocket does it, for it alone knows windows of each size; what it sends is caught.</remarks>
internal static class MessageDeflater
{
    /// <summary>Less is not worth it: a message by itself has nothing to refer back to.</summary>
    public const int LeastByteCount = 256;

    /// <summary>
    /// The smallest and the largest window, as exponents of 2; RFC 7692 §7.1.2.1 knows 8 too, and the framework does not.
    /// </summary>
    public const int MinWindowBits = 9, MaxWindowBits = 15;

    /// <summary>Writes the message compressed, after a frame header of the framework's.</summary>
    /// <returns>How long that header is.</returns>
    public static int Deflate(ReadOnlyMemory<byte> message, int windowBits, PooledBufferWriter output)
    {
        using var caught = new DeflaterOutput(output);
        using var socket = WebSocket.CreateFromStream(caught, new WebSocketCreationOptions
        {
            IsServer = true,
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
            DangerousDeflateOptions = new WebSocketDeflateOptions
            {
                ServerContextTakeover = false,
                ClientContextTakeover = false,
                ServerMaxWindowBits = windowBits,
            },
        });
        // To memory: it has ended when it returns.
        socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return new FrameHeader(output.Written).ByteCount;
    }
}
