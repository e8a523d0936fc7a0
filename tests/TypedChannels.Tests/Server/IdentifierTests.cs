using System.Globalization;

namespace TypedChannels.Tests.Server;

public class IdentifierTests
{
    private const int Count = 20_000;

    private static string[] Make(RoomServer server) => [.. Enumerable.Range(0, Count).Select(_ => server.Intake.NewIdentifier())];

    [Fact]
    public async Task Every_one_of_the_128_bits_is_as_often_set_as_not()
    {
        await using var server = new RoomServer(Room.Options());
        var values = Make(server).Select(identifier => UInt128.Parse(identifier, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
        for (var bit = 0; bit < 128; bit++)
        {
            var set = values.Count(value => (value >> bit & 1) == 1);
            // Twelve standard deviations: a fair coin is further off once in 10^32 runs.
            Assert.InRange(set, Count / 2 - 850, Count / 2 + 850);
        }
        // Nor does one tell of the next: half of the bits change.
        var changed = values.Zip(values.Skip(1), (one, next) => (long)UInt128.PopCount(one ^ next)).Sum();
        Assert.InRange(changed / (double)(Count - 1), 63, 65);
    }

    [Fact]
    public async Task No_two_servers_ever_give_the_same()
    {
        await using var one = new RoomServer(Room.Options());
        await using var two = new RoomServer(Room.Options());
        var all = await Task.WhenAll(
            Task.Run(() => Make(one)), Task.Run(() => Make(two)), Task.Run(() => Make(one)), Task.Run(() => Make(two)));
        Assert.Equal(4 * Count, all.SelectMany(each => each).Distinct().Count());
    }

    [Fact]
    public async Task Connection_has_the_one_that_the_server_made_for_it_in_each_run()
    {
        await using var room = await Room.StartAsync();
        var identifiers = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            await using var client = await room.JoinAsync();
            var connection = await room.Connected.NextAsync();
            Assert.True(identifiers.Add(connection.Identifier));
            Assert.Matches("^[0-9a-f]{32}$", connection.Identifier);
            var stopping = room.Server.StopAsync();
            await client.CloseBackAsync();
            await stopping.Within();
            // What has ended is not found under its old name, in no later run.
            await room.Server.StartAsync().Within();
            Assert.All(identifiers, identifier => Assert.False(room.Server.ConnectionExists(identifier)));
        }
    }
}
