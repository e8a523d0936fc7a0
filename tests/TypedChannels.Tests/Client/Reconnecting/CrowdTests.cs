using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Client.Reconnecting;

/// <summary>A thousand clients that are cut at once.</summary>
public class CrowdTests(ITestOutputHelper output)
{
    private const int Crowd = 1000;

    [Fact]
    public async Task All_of_a_thousand_clients_that_are_cut_at_once_come_back_and_spread_over_the_delay()
    {
        var random = new Random(1);
        Func<double> chance = () =>
        {
            lock (random)
                return random.NextDouble();
        };
        var heard = new Seen<string>();
        await using var room = await Room.StartAsync();
        var clients = Enumerable.Range(0, Crowd)
            .Select(_ => ReturningClient.New(room.Uri, reconnect: reconnect => reconnect.Chance = chance)).ToArray();
        foreach (var some in clients.Chunk(50))
            await Task.WhenAll(some.Select(client => client.Client.ConnectAsync())).Within();
        foreach (var client in clients)
            client.Client.OnDown += async message => heard.Add(message.Text);
        await room.Connected.NextAsync(Crowd);
        foreach (var connection in room.Server.Connections)
            connection.Core.Abort();
        foreach (var client in clients)
            await client.Reconnected.NextAsync();
        await Wait.UntilAsync(() => room.Server.ConnectionCount, count => count == Crowd);
        await room.Server.EmitDownAsync(new Down("all"));
        await heard.NextAsync(Crowd);

        // Of the first attempts, each tenth of the second has about a hundred, with a deviation of 9.5.
        var firsts = clients.Select(client => client.Reconnecting.All.First()).ToArray();
        Assert.All(firsts, first => Assert.InRange(first.Delay, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        var tenths = firsts.CountBy(first => (int)(first.Delay.TotalSeconds * 10)).OrderBy(tenth => tenth.Key).ToArray();
        output.WriteLine($"First attempts by tenth of a second: {string.Join(' ', tenths.Select(tenth => tenth.Value))}");
        var attempts = clients.SelectMany(client => client.Reconnecting.All).CountBy(each => each.Attempt);
        output.WriteLine($"Attempts by number: {string.Join(", ", attempts)}");
        Assert.Equal(Enumerable.Range(0, 10), tenths.Select(tenth => tenth.Key));
        Assert.All(tenths, tenth => Assert.InRange(tenth.Value, 50, 150));
        Assert.All(clients, client => Assert.Empty(client.Ended.All));
        foreach (var some in clients.Chunk(50))
            await Task.WhenAll(some.Select(client => client.DisposeAsync().AsTask())).Within();
    }
}
