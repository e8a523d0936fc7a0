using static TypedChannels.Conformance.CaseTable;

namespace TypedChannels.Conformance;

/// <summary>The closing handshake.</summary>
internal static class Group7
{
    private static readonly byte[] Hello = Utf8("Hello World!");
    private static readonly int[] ValidCodes = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999];
    private static readonly int[] InvalidCodes = [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999];
    private static readonly byte[] Surrogate = [.. Hex("cebae1bdb9cf83cebcceb5eda080"), .. Utf8("edited")];

    public static IEnumerable<Case> Cases =>
    [
        new("7.1.1", [new Send([Frame.OfText(Hello), Frame.OfClose(1000)])], [Received.Text(Hello)], Answered(1000)),
        Closing("7.1.2", [Frame.OfClose(1000), Frame.OfClose(1000)], Answered(1000)),
        Closing("7.1.3", [Frame.OfClose(1000), Frame.OfPing("")], Answered(1000)),
        Closing("7.1.4", [Frame.OfClose(1000), Frame.OfText(Hello)], Answered(1000)),
        Closing("7.1.5", [Frame.OfText("fragment1").Unfinished(), Frame.OfClose(1000), Frame.Continue(Utf8("fragment2"))], Answered(1000)),
        new("7.1.6",
            [new Send([Frame.OfText(Fill((byte)'*', 256 * 1024)), Frame.OfText(Hello), Frame.OfClose(1000), Frame.OfPing("")])],
            Nothing, Answered(1000))
        {
            IsInformational = true,
        },
        Closing("7.3.1", [Frame.OfClose(null)], Answered(1000)),
        Closing("7.3.2", [new Frame(Frame.Close, [3])], Refused),
        Closing("7.3.3", [Frame.OfClose(1000)], Answered(1000)),
        Closing("7.3.4", [Frame.OfClose(1000, Hello)], Answered(1000)),
        Closing("7.3.5", [Frame.OfClose(1000, Fill((byte)'*', 123))], Answered(1000)),
        Closing("7.3.6", [Frame.OfClose(1000, Fill((byte)'*', 124))], Refused),
        Closing("7.5.1", [Frame.OfClose(1000, Surrogate)], Refused with { Codes = [1002, 1007] }),
        .. ValidCodes.Select((code, i) => Closing($"7.7.{i + 1}", [Frame.OfClose(code)], Answered(1000, code))),
        .. InvalidCodes.Select((code, i) => Closing($"7.9.{i + 1}", [Frame.OfClose(code)], Refused)),
        Closing("7.13.1", [Frame.OfClose(5000)], Refused) with { IsInformational = true },
        Closing("7.13.2", [Frame.OfClose(65535)], Refused) with { IsInformational = true },
    ];

    /// <summary>The close itself is wrong: answering it as if it were not is no refusal.</summary>
    private static ServerFails Refused => new([1002]) { MayOmitCode = false };

    private static Case Closing(string id, Frame[] frames, Ending ending) => new(id, [new Send(frames)], Nothing, ending);

    private static ServerAnswersClose Answered(params int[] codes) => new(codes);
}
