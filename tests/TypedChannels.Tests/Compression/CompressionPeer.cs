using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TypedChannels.Tests.Compression;

/// <summary>What a client of RFC 7692 says and understands, without any of the product's code.</summary>
internal static class CompressionPeer
{
    /// <summary>A connection that offered these extensions, and the head of the answer.</summary>
    public static async Task<(RawClient Client, string Answer)> OfferAsync(Room room, string extensions)
    {
        var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(RawClient.Handshake(room.Server.Port, headers: $"Sec-WebSocket-Extensions: {extensions}\r\n"));
        var answer = await client.ReadResponseAsync();
        Assert.StartsWith("HTTP/1.1 101 ", answer, StringComparison.Ordinal);
        return (client, answer);
    }

    /// <summary>A connection that compresses, past its ready message.</summary>
    public static async Task<RawClient> JoinAsync(Room room)
    {
        var (client, answer) = await OfferAsync(room, "permessage-deflate");
        Assert.Contains("Sec-WebSocket-Extensions: permessage-deflate", answer, StringComparison.Ordinal);
        await client.ReadReadyAsync();
        return client;
    }

    public static byte[] Deflate(string text) => Deflate(Encoding.UTF8.GetBytes(text));

    public static byte[] Deflate(byte[] message)
    {
        using var output = new MemoryStream();
        using var deflate = new DeflateStream(output, CompressionLevel.Optimal);
        deflate.Write(message);
        deflate.Flush();
        return output.ToArray()[..^4];
    }

    /// <summary>A text frame that says that it is compressed.</summary>
    public static byte[] Frame(byte[] deflated)
    {
        var frame = RawClient.Frame(RawClient.Text, deflated);
        frame[0] |= 0x40;
        return frame;
    }

    /// <summary>A message, inflated where it must be, and the length of its frame's payload.</summary>
    public static async Task<(string Text, int Length)> ReadAsync(RawClient client)
    {
        var head = new byte[4];
        await client.Stream.ReadExactlyAsync(head.AsMemory(0, 2)).Within();
        var length = (int)head[1];
        if (length == 126)
        {
            await client.Stream.ReadExactlyAsync(head.AsMemory(2, 2)).Within();
            length = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2));
        }
        Assert.InRange(length, 0, ushort.MaxValue);
        var payload = new byte[length];
        await client.Stream.ReadExactlyAsync(payload).Within();
        if (head[0] == 0x81)
            return (Encoding.UTF8.GetString(payload), length);
        Assert.Equal(0xC1, head[0]);
        using var input = new MemoryStream([.. payload, 0, 0, 0xFF, 0xFF]);
        using var inflate = new DeflateStream(input, CompressionMode.Decompress);
        using var output = new MemoryStream();
        await inflate.CopyToAsync(output);
        return (Encoding.UTF8.GetString(output.ToArray()), length);
    }
}
