using System.Net.Sockets;
using System.Text;

namespace TypedChannels.Tests.Client.Reconnecting;

/// <summary>What a client comes back from, and what it takes for a last word: the tables of docs/client.md.</summary>
public class ReconnectRuleTests
{
    private static readonly string[] Page = File.ReadAllLines(Repository.PathTo("docs", "client.md"));

    [Theory]
    [InlineData(1001)]
    [InlineData(1011)]
    [InlineData(1012)]
    [InlineData(1013)]
    [InlineData(1014)]
    [InlineData(4408)]
    public async Task Close_that_tells_of_a_passing_fault_brings_the_client_back(int code)
    {
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(server);
        await using var _ = client;
        await line.CloseAsync(code);
        Assert.Equal(code, (await client.Reconnecting.NextAsync()).Lost.Code);
        await using var again = await Line.AcceptAsync(server);
        await client.Reconnected.NextAsync();
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1002)]
    [InlineData(1003)]
    [InlineData(1005)]
    [InlineData(1007)]
    [InlineData(1008)]
    [InlineData(1009)]
    [InlineData(1010)]
    [InlineData(3000)]
    [InlineData(4001)]
    public async Task Close_that_the_server_has_chosen_is_the_end(int code)
    {
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(server);
        await using var _ = client;
        if (code == 1005)
            await line.Stream.WriteAsync(FakeServer.Frame(RawClient.Close, []));
        else
            await line.CloseAsync(code);
        var ended = await client.Ended.NextAsync();
        // The framework takes a close without a code for 1000.
        Assert.Equal((code == 1005 ? 1000 : code, null), (ended.Code, ended.Exception));
        Assert.Empty(client.Reconnecting.All);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(200)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Status_that_passes_is_tried_again(int status)
    {
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(server);
        await using var _ = client;
        line.Kill();
        await client.Reconnecting.NextAsync();
        await AnswerAsync(server, status);
        var failure = (await client.Reconnecting.NextAsync()).Failure!;
        Assert.Equal((ClientErrors.HandshakeFailed, status), (failure.Code, failure.StatusCode));
        await using var again = await Line.AcceptAsync(server);
        await client.Reconnected.NextAsync();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(405)]
    [InlineData(410)]
    [InlineData(426)]
    public async Task Status_that_stays_is_the_end(int status)
    {
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(server, reconnect: reconnect => reconnect.WaitingSendBytes = 1000);
        await using var _ = client;
        line.Kill();
        await client.Reconnecting.NextAsync();
        var waits = client.Client.SendTickAsync().AsTask();
        await AnswerAsync(server, status);
        var ended = await client.Ended.NextAsync();
        Assert.Equal((1006, status), (ended.Code, Assert.IsType<ClientException>(ended.Exception).StatusCode));
        Assert.Equal(ClientErrors.NotAlive, (await Assert.ThrowsAsync<ClientException>(() => waits.Within())).Code);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1006, false)]
    public async Task Users_decision_goes_before_the_rule(int code, bool comesBack)
    {
        var asked = new Seen<int>();
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(server, reconnect: reconnect => reconnect.ShouldReconnect = lost =>
        {
            asked.Add(lost.Code);
            return comesBack;
        });
        await using var _ = client;
        if (code == 1006)
            line.Kill();
        else
            await line.CloseAsync(code);
        if (comesBack)
            await client.Reconnecting.NextAsync();
        else
            await client.Ended.NextAsync();
        Assert.Equal([code], asked.All);
    }

    [Fact]
    public async Task Users_decision_that_fails_is_logged_and_the_rule_decides()
    {
        var log = new LogSink();
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(
            server,
            options => options.LoggerFactory = log,
            reconnect => reconnect.ShouldReconnect = _ => throw new FormatException("on purpose"));
        await using var _ = client;
        line.Kill();
        await client.Reconnecting.NextAsync();
        Assert.Contains(log.Lines, entry => entry.Text.Contains("on purpose", StringComparison.Ordinal));
    }

    [Fact]
    public void Table_of_the_page_says_what_the_rule_does()
    {
        var rows = Page.SkipWhile(line => !line.StartsWith("| close code |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith("| ", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(rows);
        var told = new HashSet<int>();
        foreach (var cells in rows.Select(row => row.Split('|', StringSplitOptions.TrimEntries)))
        {
            foreach (var code in cells[1].Split(',', StringSplitOptions.TrimEntries).SelectMany(Codes))
            {
                Assert.True(told.Add(code), $"{code} stands there twice.");
                Assert.Equal((code, ReconnectRule.IsLoss(code)), (code, cells[2] == "yes"));
            }
        }
        Assert.All(Enumerable.Range(1000, 15).Except([1004]), code => Assert.Contains(code, told));

        // "1000", "1007–1010", "3000–4999 but 4408".
        static IEnumerable<int> Codes(string text)
        {
            var (range, but) = text.Split(" but ") is [var all, var one] ? (all, int.Parse(one)) : (text, 0);
            return range.Split('–') is [var from, var to]
                ? Enumerable.Range(int.Parse(from), int.Parse(to) - int.Parse(from) + 1).Where(code => code != but)
                : [int.Parse(range)];
        }
    }

    private static async Task AnswerAsync(FakeServer server, int status)
    {
        await using var stream = new NetworkStream(await server.AcceptAsync(), ownsSocket: true);
        await FakeServer.ReadRequestAsync(stream);
        var head = $"HTTP/1.1 {status} Whatever\r\nLocation: {server.Uri}elsewhere\r\nContent-Length: 0\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await FakeServer.ReadToEndAsync(stream);
    }
}
