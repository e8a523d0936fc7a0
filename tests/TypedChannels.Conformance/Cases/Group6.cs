using static TypedChannels.Conformance.CaseTable;

namespace TypedChannels.Conformance;

/// <summary>UTF-8, in text that is checked as it comes.</summary>
internal static class Group6
{
    private static readonly byte[] Mixed = Utf8("Hello-µ@ßöäüàá-UTF-8!!");
    private static readonly byte[] Greek = Hex("cebae1bdb9cf83cebcceb5");
    private static readonly byte[] Surrogate = [.. Greek, .. Hex("eda080"), .. Utf8("edited")];
    private static readonly byte[] TooHigh = Hex("f4908080"), Edited = Utf8("edited");

    public static IEnumerable<Case> Cases =>
    [
        Valid("6.1.1", [Frame.OfText("")], []),
        Valid("6.1.2", Fragments(Frame.Text, [], [], []), []),
        Valid("6.1.3", Fragments(Frame.Text, [], Utf8("middle frame payload"), []), Utf8("middle frame payload")),
        Valid("6.2.1", [Frame.OfText(Mixed)], Mixed),
        Valid("6.2.2", Fragments(Frame.Text, Mixed[..12], Mixed[12..]), Mixed),
        Valid("6.2.3", FragmentsOf(Frame.Text, Mixed, 1), Mixed),
        Valid("6.2.4", FragmentsOf(Frame.Text, Greek, 1), Greek),
        Invalid("6.3.1", [Frame.OfText(Surrogate)]),
        Invalid("6.3.2", FragmentsOf(Frame.Text, Surrogate, 1)),
        InFrames("6.4.1", Greek, TooHigh, Edited),
        InFrames("6.4.2", [.. Greek, TooHigh[0]], [TooHigh[1]], [.. TooHigh[2..], .. Edited]),
        InPieces("6.4.3", Greek, TooHigh, Edited),
        InPieces("6.4.4", [.. Greek, TooHigh[0]], [TooHigh[1]], [.. TooHigh[2..], .. Edited]),
        .. Utf8Payloads.All.Select(one => one.IsValid
            ? Valid(one.Id, [Frame.OfText(one.Payload)], one.Payload)
            : Invalid(one.Id, [Frame.OfText(one.Payload)])),
    ];

    private static Case Valid(string id, Frame[] frames, byte[] text) => new(id, [new Send(frames)], [Received.Text(text)], Clean);

    private static Case Invalid(string id, Frame[] frames) => new(id, [new Send(frames)], Nothing, FailUtf8);

    private static Case InFrames(string id, params byte[][] parts) =>
        Staged(id, [.. Fragments(Frame.Text, parts).Select(frame => frame.Encode())]);

    private static Case InPieces(string id, params byte[][] parts)
    {
        var whole = Frame.OfText([.. parts.SelectMany(part => part)]).Encode();
        var end = whole.Length - parts[2].Length;
        var middle = end - parts[1].Length;
        return Staged(id, whole[..middle], whole[middle..end], whole[end..]);
    }

    // The server must be open after the first piece, and fail with the second: it has the bad byte then.
    private static Case Staged(string id, params byte[][] pieces) =>
        new(id, [new SendPieces(pieces, TimeSpan.FromSeconds(1))], Nothing, new ServerFails([1007], MustTell: true, AfterPiece: 2) { MayOmitCode = false })
        {
            IsWholeOnly = true,
        };
}
