using TypedChannels.Tests.Contracts;
using TypedChannels.Tests.Hostile;

namespace TypedChannels.Tests.Compression;

/// <summary>What many do at once with compressed messages: a room that is disposed of has every array back.</summary>
[Trait("RFC", "7692")]
public class CompressionStressTests
{
    private static Task<Room> StartAsync(Action<RoomServer>? prepare = null) => Room.StartAsync(
        options =>
        {
            options.Compression = MessageCompression.Deflate;
            options.SendQueueBytes = 16 << 20;
        },
        prepare);

    // No two alike, so that a wrong byte shows; each is worth compressing.
    private static string Text(int number) =>
        string.Concat(Enumerable.Range(0, 20 + (number % 400)).Select(i => $"{number}:{i * number % 97},"));

    [Fact]
    public async Task Broadcasts_of_several_threads_are_readable_in_every_window_while_others_go()
    {
        const int Count = 200, Threads = 4;
        await using var room = await StartAsync();
        var stay = new List<RawClient>();
        var go = new List<RawClient>();
        foreach (var bits in new[] { 9, 10, 11, 12, 13, 14, 15 })
        {
            foreach (var list in new[] { stay, go })
            {
                list.Add((await CompressionPeer.OfferAsync(room, $"permessage-deflate; server_max_window_bits={bits}")).Client);
                await list[^1].ReadReadyAsync();
            }
        }
        stay.Add(await room.JoinAsync());
        await room.Connected.NextAsync(stay.Count + go.Count);
        var reading = stay.Select(ReadAllAsync).ToArray();
        var sending = Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            for (var i = thread; i < Count; i += Threads)
                await room.Server.EmitSayAsync(new Say(Text(i), i));
        })).ToArray();
        foreach (var client in go)
        {
            await CompressionPeer.ReadAsync(client);
            client.Kill();
        }
        await Task.WhenAll(sending).Within();
        var seen = await Task.WhenAll(reading).Within();
        var said = Enumerable.Range(0, Count).Select(i => HostileRoom.Say(Text(i), i));
        Assert.Equal(said.Order(StringComparer.Ordinal), seen[0].Order(StringComparer.Ordinal));
        Assert.All(seen, one => Assert.Equal(seen[0], one));
        foreach (var client in stay)
            await client.DisposeAsync();

        static async Task<List<string>> ReadAllAsync(RawClient client)
        {
            var texts = new List<string>();
            while (texts.Count < Count)
                texts.Add((await CompressionPeer.ReadAsync(client)).Text);
            return texts;
        }
    }

    [Fact]
    public async Task Compressed_messages_that_wait_for_slow_handlers_stay_what_they_were()
    {
        const int Count = 500;
        var handled = new Seen<Say>();
        await using var room = await StartAsync(server => server.OnSay += async (connection, message) =>
        {
            if (message.Number % 3 == 0)
                await Task.Yield();
            await connection.SendSayAsync(message);
            handled.Add(message);
        });
        await using var client = await CompressionPeer.JoinAsync(room);
        var writing = client.WriteAsync([.. Enumerable.Range(0, Count).SelectMany(i =>
            CompressionPeer.Frame(CompressionPeer.Deflate(HostileRoom.Say(Text(i), i))))]);
        for (var i = 0; i < Count; i++)
            Assert.Equal(HostileRoom.Say(Text(i), i), (await CompressionPeer.ReadAsync(client)).Text);
        await writing;
        Assert.Equal(Enumerable.Range(0, Count).Select(i => new Say(Text(i), i)), await handled.NextAsync(Count));
        await client.LeaveAsync();
        room.HasLoggedNothing();
    }
}
