using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>One channel's codec beside one that knows metadata only.</summary>
internal abstract record CodecCase(string Name, bool IsDirect)
{
    // Before All, which looks into it.
    private static readonly Dictionary<Type, PropertyInfo> Descriptors = typeof(ChannelDescriptors)
        .GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .ToDictionary(property => property.PropertyType.GenericTypeArguments[0]);

    /// <summary>Those of the corpus that are channels themselves, and not only within one.</summary>
    public static IReadOnlyList<CodecCase> All { get; } =
    [
        .. Cases.All.Select(c => c.Codec()).OfType<CodecCase>(),
        Of(ChannelJsonContext.Default.Strict, new Corpus.Strict(1, "y"), new Corpus.Strict(1, "y", -1)),
        Of(ChannelJsonContext.Default.StrictStruct, new Corpus.StrictStruct(1) { Y = 2 }),
    ];

    /// <summary>The values' JSON, as the starting point of hostile inputs.</summary>
    public abstract IReadOnlyList<string> Texts { get; }

    public static CodecCase Named(string name) => All.Single(c => c.Name == name);

    public static CodecCase? OfCase<T>(Case<T> found) => Descriptors.ContainsKey(typeof(T)) ? Of(found.Ours, found.Values) : null;

    /// <summary>Each value, written by the codec and by metadata.</summary>
    public abstract IEnumerable<(string Codec, string Metadata)> Written();

    /// <summary>What both make of the input: the whole object, or the whole exception.</summary>
    public abstract (string Codec, string Metadata) Read(ReadOnlySpan<byte> input);

    private static CodecCase Of<T>(JsonTypeInfo<T> type, params T[] values) => new CodecCase<T>(CodecOf<T>(), new JsonMessageCodec<T>(type), values);

    private static MessageCodec<T> CodecOf<T>() => ((ChannelDescriptor<T>)Descriptors[typeof(T)].GetValue(null)!).Codec;
}

internal sealed record CodecCase<T>(MessageCodec<T> Codec, MessageCodec<T> Metadata, T[] Values) : CodecCase(typeof(T).ToString(), Codec is DirectMessageCodec<T>)
{
    public override IReadOnlyList<string> Texts => [.. Written().Select(pair => pair.Metadata).Where(text => text.StartsWith('{'))];

    public override IEnumerable<(string Codec, string Metadata)> Written() => Values.Select(Written);

    /// <summary>A further value, as the others.</summary>
    public (string Codec, string Metadata) Written(T value) => (Write(value, Codec), Write(value, Metadata));

    public override (string Codec, string Metadata) Read(ReadOnlySpan<byte> input) => (Read(input, Codec), Read(input, Metadata));

    private static string Write(T value, MessageCodec<T> codec)
    {
        var output = new ArrayBufferWriter<byte>();
        try
        {
            codec.Write(output, value);
            return Encoding.UTF8.GetString(output.WrittenSpan);
        }
        catch (Exception exception)
        {
            return Describe(exception);
        }
    }

    private static string Read(ReadOnlySpan<byte> input, MessageCodec<T> codec)
    {
        try
        {
            return ObjectDump.Of(codec.Read(input));
        }
        catch (Exception exception)
        {
            return Describe(exception);
        }
    }

    private static string Describe(Exception exception) => exception is JsonException json
        ? $"{json.GetType()} at {json.Path} ({json.LineNumber}:{json.BytePositionInLine}): {json.Message}"
        : $"{exception.GetType()}: {exception.Message}";
}
