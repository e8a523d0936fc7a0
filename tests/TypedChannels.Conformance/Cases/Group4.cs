using static TypedChannels.Conformance.CaseTable;

namespace TypedChannels.Conformance;

/// <summary>Reserved opcodes.</summary>
internal static class Group4
{
    private static readonly byte[] Message = Utf8("Hello, world!");

    public static IEnumerable<Case> Cases => [.. Of("4.1", 3), .. Of("4.2", 11)];

    private static IEnumerable<Case> Of(string id, int first) =>
    [
        new($"{id}.1", [new Send([new Frame(first, [])])], Nothing, Fail),
        new($"{id}.2", [new Send([new Frame(first + 1, Utf8("reserved opcode payload"))])], Nothing, Fail),
        Behind($"{id}.3", new Frame(first + 2, []), Cut.AsTheRunSays),
        Behind($"{id}.4", new Frame(first + 3, Message), Cut.AsTheRunSays),
        Behind($"{id}.5", new Frame(first + 4, Message), Cut.EachByte),
    ];

    private static Case Behind(string id, Frame reserved, Cut cut) =>
        new(id, [new Send([Frame.OfText(Message), reserved, Frame.OfPing("")], cut)], [Received.Text(Message)], Fail) { NonStrict = Nothing };
}
