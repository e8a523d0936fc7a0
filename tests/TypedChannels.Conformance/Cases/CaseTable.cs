using System.Text;

namespace TypedChannels.Conformance;

/// <summary>All cases, and the words that the groups are written in.</summary>
internal static class CaseTable
{
    public static readonly RunnerCloses Clean = new();

    public static readonly ServerFails Fail = new([1002]);

    public static readonly ServerFails FailUtf8 = new([1007], MustTell: true) { MayOmitCode = false };

    public static IEnumerable<Case> All(bool isShort) =>
    [
        .. Group1.Cases, .. Group2.Cases, .. Group3.Cases, .. Group4.Cases, .. Group5.Cases, .. Group6.Cases, .. Group7.Cases,
        .. Group9.Cases(isShort), .. Group10.Cases,
        .. Group12And13.Cases(isShort),
    ];

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Hex(string hex) => Convert.FromHexString(hex);

    public static byte[] Fill(byte value, int count)
    {
        var bytes = new byte[count];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    /// <summary>A message in fragments, the last of them final.</summary>
    public static Frame[] Fragments(int opcode, params byte[][] parts) =>
    [
        .. parts.Select((part, i) => new Frame(i == 0 ? opcode : Frame.Continuation, part) { IsFinal = i == parts.Length - 1 }),
    ];

    /// <summary>A message in fragments of a size.</summary>
    public static Frame[] FragmentsOf(int opcode, byte[] message, int size) => Fragments(opcode, [.. message.Chunk(size)]);

    public static Received[] Nothing => [];
}
