using System.IO.Compression;
using TypedChannels.Tests.Compression;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Hostile;

/// <summary>What compression lets a peer do.</summary>
public class DeflateTests : IClassFixture<UnobservedExceptions>
{
    private const int Limit = 64 * 1024;

    [Fact]
    public async Task C01_A_bomb_gets_1009_where_it_passes_the_limit()
    {
        await using var room = await StartAsync();
        // Under the limit itself, and a thousand times as much inside.
        var bomb = CompressionPeer.Deflate(new byte[50_000_000]);
        Assert.InRange(bomb.Length, 1, Limit);
        await IsClosedAsync(room, 1009, CompressionPeer.Frame(bomb));
        Assert.Equal(1, room.Room.Metrics["limits_exceeded MaxMessageBytes"]);
    }

    [Fact]
    public async Task C02_A_bomb_in_fragments_gets_1009()
    {
        await using var room = await StartAsync();
        var pieces = CompressionPeer.Deflate(new byte[50_000_000]).Chunk(60).ToArray();
        Assert.InRange(pieces.Length, 500, 1024);
        await IsClosedAsync(room, 1009, [.. pieces.SelectMany((piece, i) => Fragment(piece, i == 0, i == pieces.Length - 1))]);
    }

    [Fact]
    public async Task C02_Bombs_under_the_limit_get_1008_at_the_rate_of_what_they_inflate_to()
    {
        await using var room = await StartAsync(options => options.MaxBytesPerSecond = 10 * Limit);
        // Not a message that is echoed: what comes back is not the matter here.
        var almost = CompressionPeer.Frame(CompressionPeer.Deflate($$"""{"channel":"none","message":"{{new string('a', Limit - 100)}}"}"""));
        Assert.InRange(almost.Length, 1, 500);
        await using var attacker = await CompressionPeer.JoinAsync(room.Room);
        for (var i = 0; i < 11; i++)
            await attacker.WriteAsync(almost);
        await room.IsClosedAsync(attacker, 1008);
        Assert.Equal(1, room.Room.Metrics["limits_exceeded MaxBytesPerSecond"]);
    }

    [Fact]
    public async Task C03_A_compressed_frame_where_none_may_be_gets_1002()
    {
        await using var room = await StartAsync();
        await room.ClosesAsync(CompressionPeer.Frame([0]), 1002);
        await IsClosedAsync(room, 1002, [.. Fragment([0], isFirst: true, isLast: false), 0xC0, 0x80, 0, 0, 0, 0]);
        await IsClosedAsync(room, 1002, [0xC9, 0x80, 0, 0, 0, 0]);
    }

    [Fact]
    public async Task C04_Damaged_data_gets_1007()
    {
        await using var room = await StartAsync();
        var whole = CompressionPeer.Deflate(HostileRoom.Say(string.Concat(Enumerable.Range(0, 500))));
        byte[][] inputs =
        [
            // No such kind of block; half a message; a length that is not confirmed; a distance with nothing there (RFC 1951 §3.2).
            [0xFF, 0xFF], whole[..(whole.Length / 2)], [0, 5, 0, 5, 0, 1, 2, 3, 4, 5, 0], [0b0000_0010, 0b0000_0010, 0],
            // What is inflated is no UTF-8.
            CompressionPeer.Deflate([0xFF, 0xFE]),
        ];
        foreach (var input in inputs)
            await IsClosedAsync(room, 1007, CompressionPeer.Frame(input));
    }

    [Fact]
    public async Task C05_What_follows_a_final_block_gets_1007()
    {
        await using var room = await StartAsync();
        await IsClosedAsync(room, 1007, CompressionPeer.Frame([.. Final(HostileRoom.Say("end")), .. CompressionPeer.Deflate("more")]));
    }

    [Fact]
    public async Task C06_Messages_that_follow_one_with_a_final_block_are_delivered()
    {
        await using var room = await StartAsync();
        await using var client = await CompressionPeer.JoinAsync(room.Room);
        for (var i = 0; i < 3; i++)
        {
            await client.WriteAsync(CompressionPeer.Frame([.. Final(HostileRoom.Say("final", i)), 0]));
            Assert.Equal(HostileRoom.Say("final", i), await client.ReadTextAsync());
            await client.WriteAsync(CompressionPeer.Frame(CompressionPeer.Deflate(HostileRoom.Say("after", i))));
            Assert.Equal(HostileRoom.Say("after", i), await client.ReadTextAsync());
        }
    }

    [Fact]
    public async Task C07_Thousands_of_empty_blocks_are_an_empty_message()
    {
        await using var room = await StartAsync();
        await using var client = await CompressionPeer.JoinAsync(room.Room);
        await client.WriteAsync(CompressionPeer.Frame([.. EmptyBlocks(13_000), 0]));
        Assert.Equal("""{"channel":"_system:error","message":{"code":"InvalidJson"}}""", await client.ReadTextAsync());
    }

    [Fact]
    public async Task C07_More_empty_blocks_than_a_message_may_be_long_get_1009()
    {
        await using var room = await StartAsync();
        await IsClosedAsync(room, 1009, CompressionPeer.Frame([.. EmptyBlocks(65_536), 0]));
    }

    [Fact]
    public async Task C08_Empty_frames_and_segments_of_a_byte_change_nothing()
    {
        await using var room = await StartAsync();
        await using var client = await CompressionPeer.JoinAsync(room.Room);
        var say = HostileRoom.Say("whole");
        var deflated = CompressionPeer.Deflate(say);
        await client.WriteAsync([.. Fragment([], true, false), .. Fragment(deflated, false, false), .. Fragment([], false, true)]);
        Assert.Equal(say, await client.ReadTextAsync());
        foreach (var one in CompressionPeer.Frame(deflated))
            await client.WriteAsync([one]);
        Assert.Equal(say, await client.ReadTextAsync());
        // No byte at all is no JSON, and no end of the connection.
        await client.WriteAsync(CompressionPeer.Frame([]));
        Assert.Contains("InvalidJson", await client.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C10_Nothing_is_held_for_a_connection_between_its_messages()
    {
        await using var room = await StartAsync();
        await using var crowd = new HostileRoom.Crowd();
        var say = HostileRoom.Say(string.Concat(Enumerable.Range(0, 5000)));
        for (var i = 0; i < 50; i++)
        {
            crowd.Add(await CompressionPeer.JoinAsync(room.Room));
            await crowd[i].WriteAsync(CompressionPeer.Frame(CompressionPeer.Deflate(say)));
            Assert.Equal(say, (await CompressionPeer.ReadAsync(crowd[i])).Text);
        }
        await Wait.UntilAsync(() => room.Room.Buffers.Out, left => left == 0);
    }

    [Fact]
    public async Task C11_A_channel_that_says_so_is_never_compressed()
    {
        await using var room = await StartAsync();
        await using var client = await CompressionPeer.JoinAsync(room.Room);
        var text = new string('s', 1000);
        await room.Room.Server.EmitSecretAsync(new Secret(text));
        Assert.Equal($$$"""{"channel":"secret","message":{"text":"{{{text}}}"}}""", await client.ReadTextAsync());
    }

    private static Task<HostileRoom> StartAsync(Action<ServerOptions>? configure = null) => HostileRoom.StartAsync(options =>
    {
        options.Compression = MessageCompression.Deflate;
        configure?.Invoke(options);
    });

    private static async Task IsClosedAsync(HostileRoom room, int code, byte[] input)
    {
        await using var attacker = await CompressionPeer.JoinAsync(room.Room);
        await attacker.WriteAsync(input);
        await room.IsClosedAsync(attacker, code);
    }

    private static byte[] Fragment(byte[] payload, bool isFirst, bool isLast)
    {
        var frame = isFirst ? CompressionPeer.Frame(payload) : RawClient.Frame(0, payload);
        frame[0] = (byte)((frame[0] & 0x7F) | (isLast ? 0x80 : 0));
        return frame;
    }

    private static byte[] Final(string text)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Optimal))
            deflate.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return output.ToArray();
    }

    private static IEnumerable<byte> EmptyBlocks(int count) => Enumerable.Repeat(new byte[] { 0, 0, 0, 0xFF, 0xFF }, count).SelectMany(block => block);
}
