using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
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
    public static JsonConverter<double> DoubleConverter { get; } = new Converter<double>(JsonMetadataServices.DoubleConverter);

    /// <summary>For <see cref="float"/>.</summary>
    public static JsonConverter<float> SingleConverter { get; } = new Converter<float>(JsonMetadataServices.SingleConverter);

    /// <summary>For <see cref="Half"/>.</summary>
    public static JsonConverter<Half> HalfConverter { get; } = new Converter<Half>(JsonMetadataServices.HalfConverter);

    private sealed class Converter<TNumber>(JsonConverter<TNumber> inner) : JsonConverter<TNumber>
        where TNumber : INumberBase<TNumber>
    {
        private const NumberStyles Key = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

        public override TNumber? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var value = inner.Read(ref reader, typeToConvert, options);
            return value is not null && TNumber.IsFinite(value) ? value : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, TNumber value, JsonSerializerOptions options) =>
            inner.Write(writer, value, options);

        // System.Text.Json's own converters read and write the keys of dictionaries in members that only they see.
        public override TNumber ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TNumber.TryParse(reader.GetString(), Key, CultureInfo.InvariantCulture, out var value) && TNumber.IsFinite(value)
                ? value
                : throw new JsonException();

        public override void WriteAsPropertyName(Utf8JsonWriter writer, TNumber value, JsonSerializerOptions options) =>
            // Nothing in a number needs to be escaped, whatever the encoder of the options says of '+'.
            writer.WritePropertyName(TNumber.IsFinite(value)
                ? JsonEncodedText.Encode(value.ToString(null, CultureInfo.InvariantCulture), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)
                : throw new ArgumentException("The key is not finite, and would be refused by whoever reads it.", nameof(value)));
    }
}
