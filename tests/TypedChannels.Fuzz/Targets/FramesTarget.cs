using TypedChannels.Fuzz.Engine;
using TypedChannels.Fuzz.Mutating;
using TypedChannels.Fuzz.References;

namespace TypedChannels.Fuzz.Targets;

/// <summary>Bytes into the <see cref="FrameReader"/>: the same events however they are cut, and those of the reference.</summary>
internal sealed class FramesTarget : Target
{
    // A control frame's payload, which has an array of its own.
    private const int MaxControlBytes = 125;

    private static readonly FrameReaderLimits[] Limits = [new(64 * 1024, 1024, AcceptBinary: true), new(200, 4)];

    private readonly FrameMutator _mutator = new(ByteMutator.Mutate);

    public override string Name => "frames";

    public override int MaxInputBytes => 2048;

    public override byte[] Mutate(byte[] input, byte[] other, Dice dice) => _mutator.Mutate(input, other, dice);

    public override string Run(byte[] input) => string.Join('/', Limits.Select(limits => Run(input, limits)));

    private static string Run(byte[] input, FrameReaderLimits limits)
    {
        var expected = ReferenceParser.Events(input, limits);
        foreach (var pieces in Chop.Ways(input))
            Invariant.Same(string.Join('\n', expected), string.Join('\n', Read(pieces, limits)), "The events");
        return Outcome(expected);
    }

    private static List<string> Read(IEnumerable<byte[]> pieces, FrameReaderLimits limits)
    {
        var pool = new TightPool();
        var found = new List<string>();
        using (var reader = new FrameReader(limits, pool))
        {
            var given = 0;
            foreach (var piece in pieces)
            {
                given += piece.Length;
                Read(reader, piece, found);
                var held = reader.HeldByteCount;
                Invariant.Holds(held <= limits.MaxMessageBytes + MaxControlBytes, "More is held than a message may have.");
                Invariant.Holds(held <= 2 * given + MaxControlBytes, "More is held than what came asks for.");
                Invariant.Holds(!reader.IsBetweenMessages || held == 0, "Memory is held between two messages.");
            }
        }
        Invariant.Same(0, pool.Out, "Arrays not given back");
        return found;
    }

    private static void Read(FrameReader reader, byte[] piece, List<string> found)
    {
        // A frame has two bytes; one call more gives what began before this piece, and one asks for more.
        for (var calls = piece.Length / 2 + 2; calls > 0; calls--)
        {
            var one = reader.Read(piece, out var consumed);
            Invariant.Holds(consumed >= 0 && consumed <= piece.Length, "More is consumed than was given.");
            piece = piece[consumed..];
            if (one.Kind == WireEventKind.NeedMore)
            {
                Invariant.Same(0, piece.Length, "Bytes left where more is asked for");
                return;
            }
            found.Add(Describe(one));
        }
        throw new InvariantException("The reader gives events without end.");
    }

    private static string Describe(WireEvent found) => found.Kind switch
    {
        WireEventKind.Violation => $"Violation {(int)found.Broken!.Code}",
        WireEventKind.Close => $"Close {(int)found.Code} {found.Reason}",
        _ => $"{found.Kind} {Convert.ToHexString(found.Payload)}",
    };

    /// <summary>Which kinds there were, and how it ended.</summary>
    private static string Outcome(List<string> events)
    {
        var kinds = events.Select(one => one.Split(' ')[0]).Distinct().Order();
        var end = events.Count > 0 && events[^1].StartsWith('V') ? events[^1] : "";
        return $"{string.Join(',', kinds)} {end}";
    }
}
