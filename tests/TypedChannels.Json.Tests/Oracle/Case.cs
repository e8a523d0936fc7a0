using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>One type of the corpus with some values of it, asked of both contexts.</summary>
internal abstract record Case(string Name)
{
    /// <summary>The values' JSON, as the starting point of hostile inputs.</summary>
    public abstract IReadOnlyList<string> Texts { get; }

    /// <summary>Each value, written by ours and by the oracle with the default encoder.</summary>
    public abstract IEnumerable<(string Ours, string Oracle)> Written();

    /// <summary>Each value, written by ours and by the oracle with the relaxed encoder.</summary>
    public abstract IEnumerable<(string Ours, string Oracle)> WrittenRelaxed();

    /// <summary>What both make of the input: the whole object, or the whole exception.</summary>
    public abstract (string Ours, string Oracle) Read(ReadOnlySpan<byte> input);

    /// <summary>Its codec's, where it is a channel itself.</summary>
    public abstract CodecCase? Codec();
}

internal sealed record Case<T>(JsonTypeInfo<T> Ours, JsonTypeInfo<T> Oracle, T[] Values) : Case(typeof(T).ToString())
{
    public override IReadOnlyList<string> Texts => [.. Written().Select(pair => pair.Oracle).Where(text => text.StartsWith('{'))];

    public override IEnumerable<(string Ours, string Oracle)> Written() => Values.Select(value => (Write(value, Ours), Write(value, Oracle)));

    public override IEnumerable<(string Ours, string Oracle)> WrittenRelaxed()
    {
        var (ours, oracle) = (Relaxed(Ours), Relaxed(Oracle));
        return Values.Select(value => (Write(value, ours), Write(value, oracle)));
    }

    public override (string Ours, string Oracle) Read(ReadOnlySpan<byte> input) => (Read(input, Ours), Read(input, Oracle));

    public override CodecCase? Codec() => CodecCase.OfCase(this);

    private static JsonTypeInfo<T> Relaxed(JsonTypeInfo<T> type) =>
        (JsonTypeInfo<T>)new JsonSerializerOptions(type.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }.GetTypeInfo(typeof(T));

    private static string Write(T value, JsonTypeInfo<T> type)
    {
        try
        {
            return Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(value, type));
        }
        catch (Exception exception)
        {
            return Describe(exception);
        }
    }

    private static string Read(ReadOnlySpan<byte> input, JsonTypeInfo<T> type)
    {
        try
        {
            return ObjectDump.Of(JsonSerializer.Deserialize(input, type));
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

internal static class CaseExtensions
{
    /// <summary>A type of the oracle's context with some values of it.</summary>
    public static Case Case<T>(this JsonSerializerContext oracle, JsonTypeInfo<T> ours, params T[] values) =>
        new Case<T>(ours, (JsonTypeInfo<T>)oracle.GetTypeInfo(typeof(T))!, values);
}
