using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Everything that an object holds, by its fields, so that no property can hide a difference.</summary>
internal static class ObjectDump
{
    public static string Of(object? value)
    {
        switch (value)
        {
            case null:
                return "null";
            case JsonElement element:
                return element.ValueKind == JsonValueKind.Undefined ? "undefined" : element.GetRawText();
            case JsonDocument document:
                return Of(document.RootElement);
            case JsonNode node:
                return node.GetType().Name + node.ToJsonString();
            case ReadOnlyMemory<byte> bytes:
                return "bytes " + Convert.ToHexString(bytes.Span);
            case Memory<byte> bytes:
                return "bytes " + Convert.ToHexString(bytes.Span);
            case Memory<int> numbers:
                return Of(numbers.ToArray());
            case ReadOnlyMemory<int> numbers:
                return Of(numbers.ToArray());
            case ReadOnlyMemory<string> texts:
                return Of(texts.ToArray());
            // Default ones are equal whatever their items are.
            case IEnumerable when value.Equals(default(ImmutableArray<int>)):
                return "default";
            case string text:
                // With its length, so that no quote in it can look like its end.
                return $"{text.Length}\"{text}\"";
            case double number:
                return "double " + BitConverter.DoubleToInt64Bits(number);
            case float number:
                return "float " + BitConverter.SingleToInt32Bits(number);
            case decimal number:
                return "decimal " + string.Join(',', decimal.GetBits(number));
            case DateTime time:
                return $"{time.Ticks} {time.Kind}";
            case Uri uri:
                return "uri " + uri.OriginalString;
            case IDictionary map:
                return $"{value.GetType()}{{{string.Join(", ", map.Keys.Cast<object>().Select(key => Of(key) + ": " + Of(map[key])))}}}";
            case IEnumerable items:
                return $"{value.GetType()}[{string.Join(", ", items.Cast<object?>().Select(Of))}]";
        }

        var type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || type.Namespace == "System")
            return $"{type.Name} {Convert.ToString(value, CultureInfo.InvariantCulture)}";
        return $"{type}({string.Join("; ", Fields(value))})";
    }

    // A program that is trimmed keeps its own types whole (see TypedChannels.Json.Aot), and these of the framework.
    [DynamicDependency(DynamicallyAccessedMemberTypes.NonPublicFields, typeof(KeyValuePair<,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.NonPublicFields, typeof(System.Drawing.Point))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.NonPublicFields, typeof(System.Drawing.Size))]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Kept as said above; a test compares how much is seen with and without trimming.")]
    private static List<string> Fields(object value)
    {
        var fields = new List<string>();
        for (var current = value.GetType(); current is not null; current = current.BaseType)
        {
            foreach (var field in current.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                fields.Add($"{current.Name}.{field.Name}={Of(field.GetValue(value))}");
        }

        return fields;
    }
}
