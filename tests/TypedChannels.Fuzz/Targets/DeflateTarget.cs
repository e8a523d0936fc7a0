using System.IO.Compression;
using TypedChannels.Fuzz.Engine;
using TypedChannels.Fuzz.Mutating;

namespace TypedChannels.Fuzz.Targets;

/// <summary>Bytes into <see cref="MessageInflater"/> as a compressed message, and into the compressor as a plain one.</summary>
internal sealed class DeflateTarget : Target
{
    private const int Limit = 20_000;

    private static readonly byte[] LeftOut = [0, 0, 0xFF, 0xFF];

    public override string Name => "deflate";

    // What is compressed comes to something only where the input is now and then valid.
    public override byte[] Mutate(byte[] input, byte[] other, Dice dice) => dice.OneIn(4)
        ? Deflate(ByteMutator.Mutate(input, other, dice), dice.Of([CompressionLevel.Optimal, CompressionLevel.Fastest, CompressionLevel.NoCompression]))
        : ByteMutator.Mutate(input, other, dice);

    public override string Run(byte[] input)
    {
        var pool = new TightPool();
        var outcome = Inflate(input, pool);
        var compressed = new[] { 9, 12, 15 }.Count(bits => IsCompressed(input, bits, pool));
        Invariant.Same(0, pool.Out, "Arrays not given back");
        return $"{outcome}, compressed {compressed}";
    }

    private static string Inflate(byte[] input, TightPool pool)
    {
        var output = PooledBufferWriter.Rent(pool);
        try
        {
            var violation = MessageInflater.Inflate(input, Limit, output);
            Invariant.Holds(output.Written.Length <= Limit + 1, "More than the limit was inflated.");
            if (violation is not null)
            {
                Invariant.Same(violation == Violation.MessageTooBig, output.Written.Length > Limit, "Whether it is too large");
                return violation.Reason;
            }
            Invariant.Holds(Reference(input).AsSpan().SequenceEqual(output.Written), "The framework reads another message.");
            return $"message of 2^{(int)Math.Log2(output.Written.Length + 1)}";
        }
        finally
        {
            output.Discard();
        }
    }

    private static bool IsCompressed(byte[] input, int windowBits, TightPool pool)
    {
        var message = EncodedMessage.FromBytes(Opcode.Binary, input, pool);
        try
        {
            var deflated = message.Deflate(windowBits);
            if (deflated.IsEmpty)
                return false;
            Invariant.Holds(deflated.Length < input.Length, "Nothing is gained.");
            Invariant.Holds(Reference(deflated.ToArray()).AsSpan().SequenceEqual(input), "What was compressed reads as another message.");
            return true;
        }
        finally
        {
            message.Release();
        }
    }

    /// <summary>What the framework makes of a compressed message.</summary>
    public static byte[] Reference(byte[] deflated)
    {
        using var input = new MemoryStream(deflated.Length == 0 ? [] : [.. deflated, .. LeftOut]);
        using var inflate = new DeflateStream(input, CompressionMode.Decompress);
        using var output = new MemoryStream();
        inflate.CopyTo(output);
        return output.ToArray();
    }

    private static byte[] Deflate(byte[] message, CompressionLevel level)
    {
        using var output = new MemoryStream();
        using var deflate = new DeflateStream(output, level);
        deflate.Write(message);
        deflate.Flush();
        return output.Length < LeftOut.Length ? [] : output.ToArray()[..^LeftOut.Length];
    }
}
