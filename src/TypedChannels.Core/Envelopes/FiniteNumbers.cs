using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TypedChannels;

/// <summary>
/// Converters of real numbers that refuse one beyond its type's range. System.Text.Json reads such a one as infinity, which is no
/// number of JSON: whoever sends on what it has received would fail.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FiniteNumbers
{
    /// <summary>For <see cref="double"/>.</summary>
    public static JsonConverter<double> DoubleConverter { get; } = new ForDouble();

    /// <summary>For <see cref="float"/>.</summary>
    public static JsonConverter<float> SingleConverter { get; } = new ForSingle();

    /// <summary>For <see cref="Half"/>.</summary>
    public static JsonConverter<Half> HalfConverter { get; } = new ForHalf();

    private sealed class ForDouble : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var value = JsonMetadataServices.DoubleConverter.Read(ref reader, typeToConvert, options);
            return double.IsFinite(value) ? value : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            JsonMetadataServices.DoubleConverter.Write(writer, value, options);
    }

    private sealed class ForSingle : JsonConverter<float>
    {
        public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var value = JsonMetadataServices.SingleConverter.Read(ref reader, typeToConvert, options);
            return float.IsFinite(value) ? value : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options) =>
            JsonMetadataServices.SingleConverter.Write(writer, value, options);
    }

    private sealed class ForHalf : JsonConverter<Half>
    {
        public override Half Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var value = JsonMetadataServices.HalfConverter.Read(ref reader, typeToConvert, options);
            return Half.IsFinite(value) ? value : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, Half value, JsonSerializerOptions options) =>
            JsonMetadataServices.HalfConverter.Write(writer, value, options);
    }
}
