using static TypedChannels.Conformance.CaseTable;

namespace TypedChannels.Conformance;

/// <summary>Large messages, many fragments, many messages.</summary>
internal static class Group9
{
    private const int Kilobyte = 1024, Megabyte = 1024 * 1024;

    private static readonly int[] Sizes = [64 * Kilobyte, 256 * Kilobyte, Megabyte, 4 * Megabyte, 8 * Megabyte, 16 * Megabyte];
    private static readonly int[] FragmentSizes =
        [64, 256, Kilobyte, 4 * Kilobyte, 16 * Kilobyte, 64 * Kilobyte, 256 * Kilobyte, Megabyte, 4 * Megabyte];
    private static readonly int[] PieceSizes = [64, 128, 256, 512, 1024, 2048];
    private static readonly int[] RoundTripSizes = [0, 16, 64, 256, 1024, 4096];

    public static IEnumerable<Case> Cases(bool isShort) =>
    [
        .. Of(Frame.Text, 1, isShort), .. Of(Frame.Binary, 2, isShort),
    ];

    private static IEnumerable<Case> Of(int opcode, int first, bool isShort)
    {
        var (fragmented, trips) = isShort ? (Megabyte / 4, 50) : (4 * Megabyte, 1000);
        return
        [
            .. Sizes.Where(size => !isShort || size <= Megabyte)
                .Select((size, i) => Whole($"9.{first}.{i + 1}", opcode, size, bytes => [new Send([new Frame(opcode, bytes)])])),
            .. FragmentSizes.Where(size => size <= fragmented).Select((size, i) => Whole(
                $"9.{first + 2}.{i + 1}", opcode, fragmented, bytes => [new Send(FragmentsOf(opcode, bytes, size))])),
            .. PieceSizes.Select((size, i) => Whole(
                $"9.{first + 4}.{i + 1}", opcode, isShort ? Megabyte / 8 : Megabyte,
                bytes => [new Send([new Frame(opcode, bytes)]) { PieceBytes = size }])),
            .. RoundTripSizes.Select((size, i) => RoundTrips($"9.{first + 6}.{i + 1}", opcode, size, trips)),
        ];
    }

    private static Case Whole(string id, int opcode, int size, Func<byte[], Step[]> steps)
    {
        var bytes = Payload(opcode, size);
        return new(id, steps(bytes), [Echo(opcode, bytes)], Clean) { IsWholeOnly = true, Patience = TimeSpan.FromSeconds(100) };
    }

    private static Case RoundTrips(string id, int opcode, int size, int count)
    {
        var bytes = Payload(opcode, size);
        return new(
            id,
            [.. Enumerable.Range(1, count).SelectMany(i => new Step[] { new Send([new Frame(opcode, bytes)]), new Await(i) })],
            [.. Enumerable.Repeat(Echo(opcode, bytes), count)],
            Clean)
        {
            IsWholeOnly = true,
            Patience = TimeSpan.FromSeconds(60),
        };
    }

    private static Received Echo(int opcode, byte[] bytes) => opcode == Frame.Text ? Received.Text(bytes) : Received.Binary(bytes);

    // No two stretches of it are alike, so that bytes that change places are noticed; text stays ASCII.
    private static byte[] Payload(int opcode, int size)
    {
        var random = new Random(size);
        var bytes = new byte[size];
        random.NextBytes(bytes);
        if (opcode == Frame.Text)
        {
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = (byte)('A' + (bytes[i] & 15));
        }
        return bytes;
    }
}
