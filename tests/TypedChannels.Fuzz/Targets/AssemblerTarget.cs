using TypedChannels.Fuzz.Engine;
using TypedChannels.Fuzz.Mutating;
using TypedChannels.Fuzz.References;

namespace TypedChannels.Fuzz.Targets;

/// <summary>
/// Frames into the <see cref="MessageAssembler"/> and their text into the <see cref="Utf8Validator"/>, past the reader of headers:
/// what they carry, in whatever pieces, gives the messages of a model that only appends to a list.
/// </summary>
internal sealed class AssemblerTarget : Target
{
    private static readonly FrameReaderLimits[] Limits = [new(64 * 1024, 1024), new(200, 4), new(1, 1)];

    private readonly FrameMutator _mutator = new(static (payload, other, dice) =>
        dice.OneIn(2) ? Utf8Pieces.Insert(payload, dice) : ByteMutator.Mutate(payload, other, dice));

    public override string Name => "assembler";

    public override int MaxInputBytes => 2048;

    public override byte[] Mutate(byte[] input, byte[] other, Dice dice) => _mutator.Mutate(input, other, dice);

    public override string Run(byte[] input)
    {
        var frames = RawFrame.Split(input).Frames.Where(frame => !frame.IsControl).ToList();
        return string.Join('/', Limits.Select(limits => Run(frames, limits, Dice.Of(input))));
    }

    private static string Run(List<RawFrame> frames, FrameReaderLimits limits, Dice dice)
    {
        var runs = new[] { int.MaxValue, 1, 7, 100 }.Select(longest => new Assembly(limits, longest, dice).Run(frames)).ToList();
        foreach (var run in runs)
            Invariant.Same(runs[0], run, "What another way of cutting gives");
        return runs[0];
    }

    /// <summary>One way of cutting, through the assembler and the model side by side.</summary>
    private sealed class Assembly(FrameReaderLimits limits, int longestPiece, Dice dice)
    {
        private readonly TightPool _pool = new();
        private readonly List<byte> _model = [];
        private Utf8Validator _utf8;
        private Utf8Front _reference = new();
        private bool _isText;
        private bool _isOpen;
        private int _fragments;
        private int _messages;

        public string Run(List<RawFrame> frames)
        {
            string end;
            using (var assembler = new MessageAssembler(limits, _pool))
                end = frames.Select(frame => Take(assembler, frame)).FirstOrDefault(fault => fault is not null) ?? "all taken";
            Invariant.Same(0, _pool.Out, "Arrays not given back");
            return $"{Math.Min(4, _messages)} {end} {(_isOpen ? "open" : "")}";
        }

        /// <summary>Null, or why no further frame can be taken.</summary>
        private string? Take(MessageAssembler assembler, RawFrame frame)
        {
            Invariant.Same(_isOpen, assembler.IsOpen, "Open");
            Invariant.Same(_fragments >= limits.MaxFragments, assembler.IsFull, "Full");
            var room = (ulong)(limits.MaxMessageBytes - _model.Count);
            Invariant.Same(frame.Length > room, assembler.Exceeds(frame.Length), "Whether the frame is too much");
            if (assembler.IsFull)
                return "full";
            if (assembler.Exceeds((ulong)frame.Payload.Length))
                return "exceeds";
            var opcode = _isOpen ? Opcode.Continuation : (frame.Opcode & 1) == 1 ? Opcode.Text : Opcode.Binary;
            if (!_isOpen)
                (_isText, _utf8, _reference) = (opcode == Opcode.Text, default, new Utf8Front());
            assembler.Announce(opcode, frame.IsFinal, frame.Payload.Length);
            _isOpen = !frame.IsFinal;
            _fragments++;
            foreach (var piece in Chop.Randomly(frame.Payload, dice, Math.Min(longestPiece, frame.Payload.Length + 1)))
            {
                if (!Append(assembler, piece))
                    return "not UTF-8";
            }
            return frame.IsFinal && !Complete(assembler) ? "cut UTF-8" : null;
        }

        private bool Append(MessageAssembler assembler, byte[] piece)
        {
            _model.AddRange(piece);
            if (_isText)
            {
                _reference.Append(piece);
                Invariant.Same(_reference.Verdict != Utf8Verdict.Invalid, _utf8.Append(piece), "Whether it can be text");
                if (_reference.Verdict == Utf8Verdict.Invalid)
                    return false;
                Invariant.Same(_reference.Verdict == Utf8Verdict.Valid, _utf8.IsComplete, "Whether the text may end");
            }
            assembler.Append(piece);
            Invariant.Holds(assembler.HeldByteCount <= limits.MaxMessageBytes, "More is held than a message may have.");
            Invariant.Holds(assembler.HeldByteCount <= 2 * _model.Count, "More is held than twice what came.");
            return true;
        }

        private bool Complete(MessageAssembler assembler)
        {
            Invariant.Same(_isText ? Opcode.Text : Opcode.Binary, assembler.Opcode, "The opcode");
            if (_isText)
                Invariant.Same(Utf8Reference.IsValid([.. _model]), _utf8.IsComplete, "Whether it is text");
            if (_isText && !_utf8.IsComplete)
                return false;
            Invariant.Same(Convert.ToHexString([.. _model]), Convert.ToHexString(assembler.Complete()), "The message");
            assembler.ReleaseDelivered();
            Invariant.Same(0, assembler.HeldByteCount, "Bytes held between two messages");
            _model.Clear();
            _fragments = 0;
            _messages++;
            return true;
        }
    }
}
