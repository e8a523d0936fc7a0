using System.Collections.Concurrent;
using TypedChannels.Fuzz.Engine;
using TypedChannels.Fuzz.Mutating;

namespace TypedChannels.Fuzz.Targets;

/// <summary>
/// A client's bytes into a whole connection with its transport, over pipes in memory and a clock that stands still until it is moved:
/// it always ends, with a code that it may end with, gives everything back, and sends nothing that a server must not send.
/// </summary>
internal sealed class ConnectionTarget : Target
{
    // The finalizers tell of exceptions that nobody looked at.
    private const int RunsBetweenCollections = 1_000;

    private static readonly ConcurrentQueue<Exception> Unobserved = new();

    private readonly FrameMutator _mutator = new(static (payload, other, dice) =>
        dice.OneIn(4) ? ByteMutator.Mutate(payload, other, dice) : JsonMutator.Mutate(payload, other, dice));

    private int _runs;

    static ConnectionTarget() => TaskScheduler.UnobservedTaskException += (_, told) => Unobserved.Enqueue(told.Exception);

    public override string Name => "connection";

    public override byte[] Mutate(byte[] input, byte[] other, Dice dice) => _mutator.Mutate(input, other, dice);

    public override string Run(byte[] input)
    {
        var dice = Dice.Of(input);
        var scene = new Scene(Scene.Choose(dice), dice);
        scene.Play(input);
        if (++_runs % RunsBetweenCollections == 0)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        if (Unobserved.TryDequeue(out var exception))
            throw new InvariantException($"Nobody looked at an exception, of this run or of one not long before: {exception}");
        return Judge(scene, RawFrame.Split(scene.Sent));
    }

    private static string Judge(Scene scene, (List<RawFrame> Frames, byte[] Tail) sent)
    {
        var ended = scene.Ended!;
        Invariant.Holds(MayEndWith(ended.Code), $"A connection must not end with this code: {ended.Code}");
        Invariant.Holds(ended.Code != 1006 || !ended.WasClean, "Without a close frame it is not clean.");
        Invariant.Holds(scene.InternalFailures == 0, "The connection failed internally.");
        // A connection that is dropped may have written a part of a frame's worth of pipe, never a part of a frame.
        Invariant.Same(0, sent.Tail.Length, "Bytes of half a frame");
        var kinds = sent.Frames.Select(frame => frame.Opcode).ToList();
        foreach (var frame in sent.Frames)
            JudgeFrame(frame, scene.IsDeflating);
        Invariant.Holds(kinds.IndexOf(8) is var close && (close < 0 || close == kinds.Count - 1), "Something follows the close frame.");
        Invariant.Holds(!ended.WasClean || scene.HasStoppedReading || kinds.Contains(8), "It is clean without a close frame from here.");
        var counts = string.Join(',', kinds.GroupBy(kind => kind).Select(kind => $"{kind.Key}x{(int)Math.Log2(kind.Count())}").Order());
        var errors = string.Join(',', scene.Errors.Distinct().Order());
        return $"{Math.Min(ended.Code, 4409)} {ended.WasClean} {counts} {errors} {scene.AbortCount}";
    }

    private static void JudgeFrame(RawFrame frame, bool isDeflating)
    {
        Invariant.Holds(!frame.IsMasked, "A server's frame is masked (RFC 6455 §5.1).");
        var isDeflated = isDeflating && frame.First == 0xC1;
        Invariant.Holds(isDeflated || frame.First is 0x81 or 0x88 or 0x89 or 0x8A, "A server sends no such frame.");
        Invariant.Same(frame.Length, (ulong)frame.Payload.Length, "A frame's length");
        Invariant.Holds(!frame.IsControl || frame.Payload.Length <= 125, "A control frame is too long.");
        if (frame.Opcode == 1)
        {
            var text = isDeflated ? DeflateTarget.Reference(frame.Payload) : frame.Payload;
            Invariant.Holds(EnvelopeReader.TryRead(text, out _, out _, out _), "What is sent is no envelope.");
        }
        if (frame.Opcode == 8 && frame.Payload.Length > 0)
            Invariant.Holds(MayBeSent(frame.Payload[0] << 8 | frame.Payload[1]), "The close code must not be sent.");
    }

    private static bool MayBeSent(int code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);

    private static bool MayEndWith(int code) => code is 1005 or 1006 || MayBeSent(code);
}
