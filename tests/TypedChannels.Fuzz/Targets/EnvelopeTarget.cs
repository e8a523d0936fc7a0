using System.Text;
using TypedChannels.Fuzz.Engine;
using TypedChannels.Fuzz.Mutating;
using TypedChannels.Fuzz.References;

namespace TypedChannels.Fuzz.Targets;

/// <summary>Bytes into the <see cref="EnvelopeReader"/>: it refuses with a code or reads what a whole parse reads.</summary>
internal sealed class EnvelopeTarget : Target
{
    public override string Name => "envelope";

    public override byte[] Mutate(byte[] input, byte[] other, Dice dice) => JsonMutator.Mutate(input, other, dice);

    public override string Run(byte[] input)
    {
        byte[] given = [.. input];
        var isEnvelope = EnvelopeReader.TryRead(given, out var received, out var error, out var detail);
        Invariant.Holds(given.AsSpan().SequenceEqual(input), "The reader changed the text.");
        Invariant.Holds(isEnvelope == detail is null, "A refusal has no sentence, or an envelope has one.");
        // A connection hands on no other text. That its reader does not throw is all that is asked of the rest.
        if (!Utf8Reference.IsValid(input))
            return $"not UTF-8, {(isEnvelope ? "read" : error)}";

        var expected = EnvelopeReference.Of(input);
        Invariant.Same(expected.Fault is null, isEnvelope, "Whether it is an envelope");
        if (!isEnvelope)
        {
            var code = expected.Fault == "json" ? ConnectionErrors.InvalidJson : ConnectionErrors.InvalidEnvelope;
            Invariant.Same(code, error, "The refusal");
            return $"{error} {detail!.Split('.')[0].Split('\'')[0]}";
        }
        Invariant.Same(expected.Channel, Encoding.UTF8.GetString(received.Channel), "The channel");
        Invariant.Same(expected.Message, Encoding.UTF8.GetString(received.Message), "The message");
        Invariant.Same(input.Length, received.ByteCount, "The length");
        Invariant.Holds(EnvelopeReference.IsMessage(received.Message.ToArray()), "What is handed on as a message is no JSON object.");
        return $"read {(EnvelopeReference.IsStrict(input) ? "strict" : "with names twice")} {Math.Min(3, received.Channel.Length)} "
            + $"{(int)Math.Log2(received.Message.Length)}";
    }
}
