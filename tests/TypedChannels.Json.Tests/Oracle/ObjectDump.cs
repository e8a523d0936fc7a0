using System.Collections;
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
            case IEnumerable when value.GetType().Name == "ImmutableArray`1" && value.Equals(Activator.CreateInstance(value.GetType())):
                return "default";
            case string text:
                return JsonSerializer.Serialize(text);
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
        var fields = new List<string>();
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var field in current.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                fields.Add($"{current.Name}.{field.Name}={Of(field.GetValue(value))}");
        }

        return $"{type}({string.Join("; ", fields)})";
    }
}
