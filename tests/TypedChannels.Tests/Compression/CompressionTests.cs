using System.Net.WebSockets;
using System.Text;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Compression;

[Trait("RFC", "7692")]
public class CompressionTests
{
    private static readonly string Long = string.Concat(Enumerable.Range(0, 200).Select(i => $"line {i % 10} of a text, "));

    [Fact]
    public async Task Nothing_is_agreed_to_unless_the_option_is_on()
    {
        await using var room = await Room.StartAsync();
        var (client, answer) = await OfferAsync(room, "permessage-deflate");
        await using var end = client;
        Assert.DoesNotContain("Sec-WebSocket-Extensions", answer, StringComparison.OrdinalIgnoreCase);
        await client.ReadReadyAsync();
        await client.WriteAsync(CompressionPeer.Frame("{}"u8.ToArray()));
        Assert.Equal(1002, (await client.CloseBackAsync()).Code);
    }

    [Fact]
    public async Task A_client_that_offers_nothing_is_sent_nothing_compressed()
    {
        await using var room = await EchoRoomAsync();
        await using var client = await room.JoinAsync();
        var text = Envelope(Long);
        await client.SendAsync(text);
        Assert.Equal(text, await client.ReadTextAsync());
    }

    [Fact]
    public async Task Messages_go_compressed_both_ways_each_by_itself()
    {
        await using var room = await EchoRoomAsync();
        var (client, answer) = await OfferAsync(room, "permessage-deflate; client_max_window_bits");
        await using var end = client;
        Assert.Contains(
            "\r\nSec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n", answer,
            StringComparison.Ordinal);
        // Too small to gain by it.
        await client.ReadReadyAsync();
        var text = Envelope(Long);
        for (var i = 0; i < 3; i++)
        {
            await client.WriteAsync(CompressionPeer.Frame(CompressionPeer.Deflate(text)));
            var (echo, length) = await CompressionPeer.ReadAsync(client);
            Assert.Equal(text, echo);
            Assert.InRange(length, 1, text.Length / 4);
        }
        await client.LeaveAsync();
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task Plain_messages_may_come_between_compressed_ones()
    {
        await using var room = await EchoRoomAsync();
        var (client, _) = await OfferAsync(room, "permessage-deflate");
        await using var end = client;
        await client.ReadReadyAsync();
        await client.SendAsync(Envelope("plain"));
        Assert.Equal(Envelope("plain"), await client.ReadTextAsync());
        await client.WriteAsync(CompressionPeer.Frame(CompressionPeer.Deflate(Envelope("small"))));
        Assert.Equal(Envelope("small"), await client.ReadTextAsync());
    }

    [Fact]
    public async Task A_message_in_fragments_is_inflated_wherever_they_are_cut()
    {
        await using var room = await EchoRoomAsync();
        var (client, _) = await OfferAsync(room, "permessage-deflate");
        await using var end = client;
        await client.ReadReadyAsync();
        var text = Envelope("cut");
        var deflated = CompressionPeer.Deflate(text);
        for (var cut = 0; cut <= deflated.Length; cut++)
        {
            var first = CompressionPeer.Frame(deflated[..cut]);
            first[0] &= 0x7F;
            var second = RawClient.Frame(RawClient.Text, deflated.AsSpan(cut));
            second[0] = 0x80;
            await client.WriteAsync([.. first, .. second]);
            Assert.Equal(text, await client.ReadTextAsync());
        }
    }

    [Fact]
    public async Task A_broadcast_is_readable_whatever_window_each_client_asked_for()
    {
        await using var room = await EchoRoomAsync();
        var clients = new List<RawClient> { await room.JoinAsync() };
        foreach (var bits in new[] { 9, 11, 15, 15 })
            clients.Add((await OfferAsync(room, $"permessage-deflate; server_max_window_bits={bits}")).Client);
        foreach (var client in clients.Skip(1))
            await client.ReadReadyAsync();
        await room.Server.EmitSayAsync(new Say(Long, 1));
        foreach (var client in clients)
        {
            Assert.Equal(Envelope(Long), (await CompressionPeer.ReadAsync(client)).Text);
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_frameworks_client_understands()
    {
        await using var room = await EchoRoomAsync();
        using var client = new ClientWebSocket();
        client.Options.DangerousDeflateOptions = new WebSocketDeflateOptions { ServerMaxWindowBits = 10 };
        await client.ConnectAsync(room.Uri, TestContext.Current.CancellationToken).Within();
        var text = Envelope(Long);
        var buffer = new byte[64 * 1024];
        await client.ReceiveAsync(buffer, TestContext.Current.CancellationToken).Within();
        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken).Within();
            var count = 0;
            WebSocketReceiveResult part;
            do
            {
                part = await client.ReceiveAsync(new ArraySegment<byte>(buffer, count, buffer.Length - count), default).Within();
                count += part.Count;
            }
            while (!part.EndOfMessage);
            Assert.Equal(text, Encoding.UTF8.GetString(buffer, 0, count));
        }
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken).Within();
    }

    [Fact]
    [Trait("RFC", "6455 §9.1")]
    public async Task A_list_of_extensions_that_is_none_is_answered_with_400()
    {
        await using var room = await Room.StartAsync();
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(RawClient.Handshake(room.Server.Port, headers: "Sec-WebSocket-Extensions: x; y=\"z\r\n"));
        Assert.StartsWith("HTTP/1.1 400 ", await client.ReadResponseAsync(), StringComparison.Ordinal);
    }

    private static string Envelope(string text) => $$$"""{"channel":"say","message":{"text":"{{{text}}}","number":1}}""";

    private static Task<Room> EchoRoomAsync() => Room.StartAsync(
        options => options.Compression = MessageCompression.Deflate,
        server => server.OnSay += (connection, message) => connection.SendSayAsync(message));

    private static Task<(RawClient Client, string Answer)> OfferAsync(Room room, string extensions) => CompressionPeer.OfferAsync(room, extensions);
}
