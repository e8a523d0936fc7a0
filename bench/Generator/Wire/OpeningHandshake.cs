using System.Text;

namespace TypedChannels.LoadGenerator.Wire;

/// <summary>The opening handshake (RFC 6455 §4.1), with the key of the RFC's example and so with its answer.</summary>
internal sealed class OpeningHandshake(int port, string path)
{
    private const int MaxAnswerBytes = 4096;

    public Outgoing Request { get; } = Outgoing.Plain(
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

    private static ReadOnlySpan<byte> Accept => "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="u8;

    /// <summary>Takes the answer off the front of what was received.</summary>
    /// <param name="received">Then: the frames that came with it.</param>
    /// <param name="kept">What came before and was no whole answer.</param>
    /// <returns>Whether the answer is there as a whole.</returns>
    /// <exception cref="LoadException">It is another than it must be.</exception>
    public static bool TryTakeAnswer(ref ReadOnlySpan<byte> received, ref byte[]? kept)
    {
        if (kept is not null)
            received = (byte[])[.. kept, .. received];
        var length = received.IndexOf("\r\n\r\n"u8);
        if (length < 0)
        {
            if (received.Length > MaxAnswerBytes)
                throw new LoadException($"The answer to the handshake is longer than {MaxAnswerBytes} bytes.");
            kept = received.ToArray();
            return false;
        }
        kept = null;
        var answer = received[..length];
        if (!answer.StartsWith("HTTP/1.1 101"u8) || answer.IndexOf(Accept) < 0)
        {
            var end = answer.IndexOf((byte)'\r');
            var status = Encoding.UTF8.GetString(end < 0 ? answer : answer[..end]);
            throw new LoadException($"The server did not agree to the handshake: {status}");
        }
        received = received[(length + 4)..];
        return true;
    }
}
