using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using TypedChannels.Fuzz.Engine;
using TypedChannels.Fuzz.Mutating;
using TypedChannels.Fuzz.References;
using TypedChannelsGenerated.TypedChannels.Fuzz;

namespace TypedChannels.Fuzz.Targets;

/// <summary>
/// Envelopes into the generated readers: a message or a typed error; and a message that was written and read again is the same.
/// </summary>
internal sealed partial class ReadersTarget : Target
{
    private static readonly FrozenDictionary<string, Reader> Readers = new Reader[]
    {
        Reader.Of(ChannelDescriptors.Numbers), Reader.Of(ChannelDescriptors.Direct), Reader.Of(ChannelDescriptors.Texts), Reader.Of(ChannelDescriptors.Times),
        Reader.Of(ChannelDescriptors.Any),
        Reader.Of(ChannelDescriptors.Nullables), Reader.Of(ChannelDescriptors.Empty), Reader.Of(ChannelDescriptors.Chat),
        Reader.Of(ChannelDescriptors.Collections), Reader.Of(ChannelDescriptors.Node), Reader.Of(ChannelDescriptors.Optional),
        Reader.Of(ChannelDescriptors.Properties), Reader.Of(ChannelDescriptors.Derived), Reader.Of(ChannelDescriptors.Strict),
        Reader.Of(ChannelDescriptors.Struct), Reader.Of(ChannelDescriptors.Picky),
    }.ToFrozenDictionary(reader => reader.Name);

    private static readonly Reader[] InOrder = [.. Readers.Values.OrderBy(reader => reader.Name, StringComparer.Ordinal)];

    public override string Name => "readers";

    public override byte[] Mutate(byte[] input, byte[] other, Dice dice) => JsonMutator.Mutate(input, other, dice);

    public override string Run(byte[] input)
    {
        // A connection hands on no other text.
        if (!Utf8Reference.IsValid(input))
            return "not UTF-8";
        if (!EnvelopeReader.TryRead(input, out var received, out var error, out _))
            return $"{error}, and {Dice.Of(input).Of(InOrder).Read(input)}";
        var name = Encoding.UTF8.GetString(received.Channel);
        return (Readers.GetValueOrDefault(name) ?? Dice.Of(input).Of(InOrder)).Read(received.Message);
    }

    [GeneratedRegex("'.*'|\\d", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    private abstract class Reader(string name)
    {
        public string Name => name;

        public static Reader Of<TMessage>(ChannelDescriptor<TMessage> channel) => new Typed<TMessage>(channel);

        public abstract string Read(ReadOnlySpan<byte> message);
    }

    private sealed class Typed<TMessage>(ChannelDescriptor<TMessage> channel) : Reader(channel.Name)
    {
        private readonly JsonMessageCodec<TMessage> _metadata = new(
            (JsonTypeInfo<TMessage>)ChannelJsonContext.Default.GetTypeInfo(typeof(TMessage))!);

        public override string Read(ReadOnlySpan<byte> message)
        {
            CompareWithMetadata(message);
            TMessage read;
            try
            {
                read = channel.Codec.Read(message);
            }
            catch (JsonException exception)
            {
                return $"{Name} refused: {Reason(exception)}";
            }
            catch (ArgumentException) when (typeof(TMessage) == typeof(Contracts.Picky))
            {
                return $"{Name} threw its own";
            }
            Invariant.Holds(read is not null, "A message is null.");
            if (TryWrite(read) is not { } written)
                return $"{Name} read, not to be written";
            var again = channel.Codec.Read(written);
            Invariant.Same(null, Difference.Of(read, again), "Where the message differs when it was written and read again");
            Invariant.Same(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(Write(again)), "The message written again");
            Invariant.Holds(EnvelopeReference.IsMessage(written), "What was written is no message.");
            return $"{Name} read, {(int)Math.Log2(written.Length)}";
        }

        /// <summary>A codec that reads directly must make the same of everything; where it refuses, it asks the metadata itself.</summary>
        private void CompareWithMetadata(ReadOnlySpan<byte> message)
        {
            var direct = Outcome(channel.Codec, message);
            var metadata = Outcome(_metadata, message);
            Invariant.Same(metadata.Error, direct.Error, "What is wrong with the message");
            Invariant.Same(null, Difference.Of(metadata.Message, direct.Message), "Where the message differs from that of the metadata");
        }

        private static (TMessage? Message, string? Error) Outcome(MessageCodec<TMessage> codec, ReadOnlySpan<byte> message)
        {
            try
            {
                return (codec.Read(message), null);
            }
            catch (Exception exception) when (exception is JsonException or ArgumentException)
            {
                return (default, exception.Message);
            }
        }

        /// <summary>Without what the input chooses: the path, and what stands in quotes.</summary>
        private static string Reason(JsonException exception) =>
            Quoted().Replace(exception.Message.Split(" Path:")[0].Split(" LineNumber:")[0], "");

        /// <summary>
        /// Null for what System.Text.Json reads and does not write: a JsonElement, which is kept as it came, with half a surrogate
        /// pair in it.
        /// </summary>
        private byte[]? TryWrite(TMessage message)
        {
            try
            {
                return Write(message);
            }
            catch (JsonException exception) when (message is Contracts.Any && exception.InnerException is InvalidOperationException)
            {
                return null;
            }
        }

        private byte[] Write(TMessage message)
        {
            var output = new ArrayBufferWriter<byte>();
            channel.Codec.Write(output, message);
            return output.WrittenSpan.ToArray();
        }
    }
}
