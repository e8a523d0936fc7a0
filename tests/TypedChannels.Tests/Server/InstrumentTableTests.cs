using System.Diagnostics.Metrics;
using System.Globalization;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Server;

/// <summary>The documentation's tables of instruments and labels are what a server tells.</summary>
public class InstrumentTableTests
{
    private static readonly string[] Channels =
    [
        "everything", "say", "up", "down", "small", "secret", "lonely", "tick", "strict", "free", "café",
        "_system:status:ready", "_system:error", "_OTHER",
    ];

    private static readonly Dictionary<string, Func<string, bool>> Allowed = new()
    {
        ["typedchannels.channel"] = value => Channels.Contains(value),
        ["network.io.direction"] = value => value is "receive" or "transmit",
        ["error.type"] = value => Enum.TryParse<ConnectionErrors>(value, out _) && !char.IsDigit(value[0]),
        ["typedchannels.handshake.outcome"] = value => ObservabilityPage.Code(Label("typedchannels.handshake.outcome")[1]).Contains(value),
        ["typedchannels.close_code"] = value => value is "4408" or "application" or "other"
            || int.Parse(value, CultureInfo.InvariantCulture) is >= 1000 and <= 1015,
        ["typedchannels.limit"] = value => value is "ReceiveQueueBytes" or "MessageErrorLimit" or "MaxMessageBytes",
    };

    [Fact]
    public async Task The_table_has_each_instrument_with_its_kind_and_unit()
    {
        await using var room = await Room.StartAsync();
        var rows = ObservabilityPage.Table("instrument").Select(row => (Assert.Single(ObservabilityPage.Code(row[0])), row[1], row[2]));
        var real = room.Metrics.Instruments.Values.Select(instrument => (instrument.Name, Kind(instrument), instrument.Unit!));
        Assert.Equal(real.Order(), rows.Order());
        Assert.All(room.Metrics.Instruments.Values, instrument => Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_table_has_each_label_and_no_label_has_a_value_outside_its_set()
    {
        await using var room = await Room.StartAsync(options => options.MessageErrorLimit = 10, server =>
        {
            server.Deciding = handshake =>
            {
                if (handshake.Query.ContainsKey("no"))
                    handshake.Refuse(499);
                return default;
            };
            server.OnUp += (connection, message) =>
                message.Text == "fails" ? throw new FormatException() : connection.SendDownAsync(new Down(message.Text));
        });
        await using (var refused = await RawClient.DialAsync(room.Server.Port))
        {
            await refused.WriteAsync(RawClient.Handshake(room.Server.Port, "/?no"));
            await refused.ReadResponseAsync();
        }
        foreach (var code in new[] { 1000, 1003, 3210, 4000, 4999 })
            await (await room.JoinAsync()).LeaveAsync(code);
        await using (var client = await room.JoinAsync())
        {
            await client.SendAsync(RawClient.Text, new byte[100_000]);
            await client.CloseBackAsync();
        }
        await using (var client = await room.JoinAsync())
        {
            foreach (var text in new[] { "works", "fails" })
                await client.SendAsync($$$"""{"channel":"up","message":{"text":"{{{text}}}"}}""");
            await client.SendAsync("""{"channel":"up","message":{}}""");
            for (var i = 0; i < 12; i++)
                await client.SendAsync($$"""{"channel":"made up {{i}}"}""");
            await client.CloseBackAsync();
        }
        await room.Disconnected.NextAsync(7);
        Assert.Equal(0, room.Metrics["queue.usage"]);
        var rows = ObservabilityPage.Table("instrument").ToDictionary(row => row[0].Trim('`'), row => ObservabilityPage.Code(row[3]));
        var labels = room.Metrics.Labels.ToArray();
        Assert.All(labels, label => Assert.Contains(label.Label, rows[label.Instrument]));
        Assert.All(labels, label => Assert.True(Allowed[label.Label](label.Value), $"{label} is outside of its set."));
        // What the table promises has been seen, but for what depends on timing, and for what is told only where handlers begin on I/O threads.
        var promised = rows.Where(row => row.Key != "typedchannels.server.blocking_handlers").SelectMany(row => row.Value.Select(label => (row.Key, label)));
        Assert.Equal(
            promised.Where(label => label.Key != "typedchannels.server.message.dropped").Order(),
            labels.Select(label => (label.Instrument, label.Label)).Distinct()
                .Where(label => label.Instrument != "typedchannels.server.message.dropped").Order());
        Assert.Equal(
            Allowed.Keys.Order(StringComparer.Ordinal),
            ObservabilityPage.Table("label").Select(row => row[0].Trim('`')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Histograms_of_seconds_say_what_their_buckets_are()
    {
        await using var room = await Room.StartAsync();
        var histograms = room.Metrics.Instruments.Values.OfType<Histogram<double>>().ToArray();
        Assert.Equal(3, histograms.Length);
        Assert.All(histograms, histogram => Assert.NotEmpty(histogram.Advice!.HistogramBucketBoundaries!));
    }

    private static string[] Label(string name) => ObservabilityPage.Table("label").Single(row => row[0] == $"`{name}`");

    private static string Kind(Instrument instrument) => instrument switch
    {
        Counter<long> => "counter",
        UpDownCounter<long> => "up-down counter",
        ObservableUpDownCounter<long> => "observed up-down counter",
        Histogram<double> => "histogram",
        _ => instrument.GetType().Name,
    };
}
