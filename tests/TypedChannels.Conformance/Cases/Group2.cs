using static TypedChannels.Conformance.CaseTable;

namespace TypedChannels.Conformance;

/// <summary>Pings and pongs.</summary>
internal static class Group2
{
    public static IEnumerable<Case> Cases =>
    [
        Echoed("2.1", []),
        Echoed("2.2", Utf8("Hello, world!")),
        Echoed("2.3", Hex("00fffefdfcfb00ff")),
        Echoed("2.4", Fill(0xfe, 125)),
        new("2.5", [new Send([new Frame(Frame.Ping, Fill(0xfe, 126))])], Nothing, Fail),
        Echoed("2.6", Fill(0xfe, 125), Cut.EachByte),
        new("2.7", [new Send([Frame.OfPong("")])], Nothing, Clean),
        new("2.8", [new Send([Frame.OfPong("unsolicited pong payload")])], Nothing, Clean),
        new("2.9", [new Send([Frame.OfPong("unsolicited pong payload"), Frame.OfPing("ping payload")])],
            [Received.Pong(Utf8("ping payload"))], Clean),
        Ten("2.10", Cut.AsTheRunSays),
        Ten("2.11", Cut.EachByte),
    ];

    private static Case Echoed(string id, byte[] payload, Cut cut = Cut.AsTheRunSays) =>
        new(id, [new Send([new Frame(Frame.Ping, payload)], cut)], [Received.Pong(payload)], Clean);

    private static Case Ten(string id, Cut cut) => new(
        id,
        [new Send([.. Enumerable.Range(0, 10).Select(i => Frame.OfPing($"payload-{i}"))], cut)],
        [.. Enumerable.Range(0, 10).Select(i => Received.Pong(Utf8($"payload-{i}")))],
        Clean);
}
