using static TypedChannels.Conformance.CaseTable;

namespace TypedChannels.Conformance;

/// <summary>Reserved bits.</summary>
internal static class Group3
{
    private static readonly byte[] Message = Utf8("Hello, world!");

    public static IEnumerable<Case> Cases =>
    [
        Alone("3.1", Frame.OfText(Message) with { Reserved = 1 }),
        Behind("3.2", 2, Cut.AsTheRunSays),
        Behind("3.3", 3, Cut.EachFrame),
        Behind("3.4", 4, Cut.EachByte),
        Alone("3.5", Frame.OfBinary(Message) with { Reserved = 5 }),
        Alone("3.6", Frame.OfPing("Hello, world!") with { Reserved = 6 }),
        Alone("3.7", Frame.OfClose(1000) with { Reserved = 7 }),
    ];

    private static Case Alone(string id, Frame frame) => new(id, [new Send([frame])], Nothing, Fail);

    private static Case Behind(string id, int reserved, Cut cut) => new(
        id,
        [new Send([Frame.OfText(Message), Frame.OfText(Message) with { Reserved = reserved }, Frame.OfPing("")], cut)],
        [Received.Text(Message)],
        Fail)
    {
        NonStrict = Nothing,
    };
}
