using static TypedChannels.Conformance.CaseTable;

namespace TypedChannels.Conformance;

/// <summary>Framing: text and binary messages of the lengths at which the header changes.</summary>
internal static class Group1
{
    private static readonly (int Number, int Size)[] Sizes =
        [(1, 0), (2, 125), (3, 126), (4, 127), (5, 128), (6, 65_535), (7, 65_536), (8, 65_536)];

    public static IEnumerable<Case> Cases =>
    [
        .. Sizes.Select(one => Make($"1.1.{one.Number}", Frame.OfText(Fill((byte)'*', one.Size)), Received.Text(Fill((byte)'*', one.Size)))),
        .. Sizes.Select(one => Make($"1.2.{one.Number}", Frame.OfBinary(Fill(0xfe, one.Size)), Received.Binary(Fill(0xfe, one.Size)))),
    ];

    private static Case Make(string id, Frame frame, Received echo) => id.EndsWith(".8", StringComparison.Ordinal)
        ? new Case(id, [new Send([frame]) { PieceBytes = 997 }], [echo], Clean)
        : new Case(id, [new Send([frame])], [echo], Clean);
}
