using static TypedChannels.Conformance.CaseTable;

namespace TypedChannels.Conformance;

/// <summary>Fragmentation.</summary>
internal static class Group5
{
    private static readonly byte[] First = Utf8("fragment1"), Second = Utf8("fragment2");
    private static readonly Received Joined = Received.Text([.. First, .. Second]);
    private static readonly Frame Ping = Frame.OfPing("ping payload");
    private static readonly Received Pong = Received.Pong(Utf8("ping payload"));
    private static readonly Frame[] Two = Fragments(Frame.Text, First, Second);

    public static IEnumerable<Case> Cases =>
    [
        new("5.1", [new Send([Frame.OfPing("fragment1").Unfinished(), Frame.Continue(Second)])], Nothing, Fail),
        new("5.2", [new Send([Frame.OfPong("fragment1").Unfinished(), Frame.Continue(Second)])], Nothing, Fail),
        new("5.3", [new Send(Two)], [Joined], Clean),
        new("5.4", [new Send(Two, Cut.EachFrame)], [Joined], Clean),
        new("5.5", [new Send(Two, Cut.EachByte)], [Joined], Clean),
        new("5.6", [new Send([Two[0], Ping, Two[1]])], [Pong, Joined], Clean),
        new("5.7", [new Send([Two[0], Ping, Two[1]], Cut.EachFrame)], [Pong, Joined], Clean),
        new("5.8", [new Send([Two[0], Ping, Two[1]], Cut.EachByte)], [Pong, Joined], Clean),
        .. NothingToContinue(9, isFinal: true),
        .. NothingToContinue(12, isFinal: false),
        new("5.15", [new Send([.. Two, Frame.Continue(Utf8("fragment3")).Unfinished(), Frame.OfText("fragment4")])], [Joined], Fail)
        {
            NonStrict = Nothing,
        },
        new("5.16", [new Send([.. Stray(isFinal: false), .. Stray(isFinal: false)])], Nothing, Fail),
        new("5.17", [new Send([.. Stray(isFinal: true), .. Stray(isFinal: true)])], Nothing, Fail),
        new("5.18", [new Send([Frame.OfText(First).Unfinished(), Frame.OfText(Second)])], Nothing, Fail),
        WithPings("5.19", Cut.AsTheRunSays),
        WithPings("5.20", Cut.EachFrame),
    ];

    private static IEnumerable<Case> NothingToContinue(int number, bool isFinal)
    {
        var stray = Frame.Continue(Utf8("non-continuation payload")) with { IsFinal = isFinal };
        Frame[] frames = [stray, Frame.OfText("Hello, world!")];
        return
        [
            new($"5.{number}", [new Send(frames)], Nothing, Fail),
            new($"5.{number + 1}", [new Send(frames, Cut.EachFrame)], Nothing, Fail),
            new($"5.{number + 2}", [new Send(frames, Cut.EachByte)], Nothing, Fail),
        ];
    }

    private static Frame[] Stray(bool isFinal) =>
    [
        Frame.Continue(Utf8("fragment1")) with { IsFinal = isFinal }, Frame.OfText("fragment2").Unfinished(), Frame.Continue(Utf8("fragment3")),
    ];

    private static Case WithPings(string id, Cut cut)
    {
        var parts = Enumerable.Range(1, 5).Select(i => Utf8($"fragment{i}")).ToArray();
        var frames = Fragments(Frame.Text, parts);
        var (one, two) = (Frame.OfPing("pongme 1!"), Frame.OfPing("pongme 2!"));
        return new(
            id,
            [
                new Send([frames[0], frames[1], one], cut), new Await(1), new Pause(TimeSpan.FromSeconds(1)),
                new Send([frames[2], frames[3], two, frames[4]], cut),
            ],
            [Received.Pong(one.Payload), Received.Pong(two.Payload), Received.Text([.. parts.SelectMany(part => part)])],
            Clean);
    }
}
