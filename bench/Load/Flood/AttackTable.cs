using static TypedChannels.Load.ClientFrame;

namespace TypedChannels.Load;

/// <summary>The rows that are floods, or hold something, and the honest sender that they are compared with.</summary>
internal static class AttackTable
{
    private const int Megabyte = 1024 * 1024, ChunkBytes = 64 * 1024;

    /// <summary>Ordinary messages at full speed.</summary>
    public static readonly Attack Honest = new("honest", "messages of 1 KB at full speed") { Chunk = Many(Message(1000)), IsValid = true };

    /// <summary>Honest too: what connections cost that do nothing.</summary>
    public static readonly Attack Handshakes = new("handshakes", "500 connections a second that close at once")
    {
        PerSecond = 500,
        IsValid = true,
        Bytes = 0,
    };

    public static IReadOnlyList<Attack> All { get; } =
    [
        new("F-08", "256 MB in one text frame")
        {
            First = Header(Text, 256 * Megabyte), Chunk = new byte[ChunkBytes], Bytes = 256 * Megabyte, PerSecond = 0.5,
        },
        new("F-11", "10 MB of empty pings") { Chunk = Many(Encode(Ping, [])), Bytes = 10 * Megabyte, PerSecond = 4 },
        new("F-12", "10 MB of empty text messages") { Chunk = Many(Encode(Text, [])), Bytes = 10 * Megabyte, PerSecond = 4 },
        new("F-13", "10 MB of pongs") { Chunk = Many(Encode(Pong, [])), Bytes = 10 * Megabyte, PerSecond = 4 },
        new("F-14", "1 M continuations of 1 byte")
        {
            First = FirstFragment, Chunk = Many(Encode(Continuation, " "u8, isFinal: false)), Bytes = 7_000_000, PerSecond = 4,
        },
        new("F-15", "1 M empty continuations")
        {
            First = FirstFragment, Chunk = Many(Encode(Continuation, [], isFinal: false)), Bytes = 6_000_000, PerSecond = 4,
        },
        new("F-16", "a message of 60 KB, a byte a segment") { Own = OwnAttacks.OneByteASegmentAsync, IsValid = true },
        new("F-18", "10 MB of a ping and a fragment in turn")
        {
            First = FirstFragment, Chunk = Many([.. Encode(Ping, []), .. Encode(Continuation, " "u8, isFinal: false)]),
            Bytes = 10 * Megabyte, PerSecond = 4,
        },
        new("F-28", "100,000 valid messages in one write")
        {
            Chunk = Repeat(OfText("""{"channel":"sink"}"""), 100_000 * 24), Bytes = 1, PerSecond = 1, IsValid = true,
        },
        new("F-29", "valid messages of 60 KB at full speed") { Chunk = Message(60_000), IsValid = true },
        new("J-01", "100 messages of 60,000 levels")
        {
            Chunk = [.. OfText(Envelope(new string('[', 60_000))), .. OfText(Envelope(Times(10_000, """{"a":""")))],
            Bytes = 100 * 60_000, PerSecond = 2,
        },
        new("J-12", "100 messages of 1 KB with more behind")
        {
            Chunk = [.. OfText(Body(1000) + Body(0)), .. OfText(Body(1000) + "x"), .. OfText(Body(1000) + "/**/,")],
            Bytes = 100 * 1070, PerSecond = 50,
        },
        new("J-19", "valid messages of 60 KB: white space, \\u0041")
        {
            Chunk = [.. OfText(Envelope(new string(' ', 60_000) + "{}")), .. OfText(BodyOf(Times(10_000, "\\u0041")))],
            IsValid = true,
        },
        new("H-21", "1,000 handshakes a second, each followed by FIN or RST") { Own = OwnAttacks.ConnectAndLeaveAsync, IsValid = true },
        new("R-02", "50 ask for 3.2 MB each, and read a byte a second") { Own = OwnAttacks.ReadSlowlyAsync },
        new("R-07", "50 ask for 480 KB each, read nothing, and break the protocol") { Own = OwnAttacks.BreakAndNotReadAsync },
        new("F-17", "10,000 connections hold a message that they never finish") { Own = OwnAttacks.NeverFinishAsync },
    ];

    public static byte[] Message(int textBytes) => OfText(Body(textBytes));

    private static byte[] FirstFragment => Encode(Text, "{"u8, isFinal: false);

    private static string Body(int textBytes) => BodyOf(new string('x', textBytes));

    private static string BodyOf(string text) => Envelope($$"""{"text":"{{text}}"}""");

    private static string Envelope(string message) => $$"""{"channel":"sink","message":{{message}} }""";

    private static string Times(int times, string text) => string.Concat(Enumerable.Repeat(text, times));

    private static byte[] Many(byte[] frames) => Repeat(frames, ChunkBytes);
}
