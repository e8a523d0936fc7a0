using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace TypedChannels.Fuzz.References;

/// <summary>Where two objects differ, by all that they hold and not by their own word.</summary>
internal static class Difference
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The way to the first difference; null where there is none.</summary>
    public static string? Of(object? one, object? other, string path = "$")
    {
        if (one is null || other is null)
            return one is null && other is null ? null : path;
        if (one.GetType() != other.GetType())
            return path;
        switch (one)
        {
            case Uri uri:
                return uri.OriginalString == ((Uri)other).OriginalString ? null : path;
            case DateTime time:
                return time.Ticks == ((DateTime)other).Ticks && time.Kind == ((DateTime)other).Kind ? null : path;
            case JsonElement element:
                // Its text is compared where it is written. The framework's own comparison throws at numbers like 1e9999999999.
                return element.ValueKind == ((JsonElement)other).ValueKind ? null : path;
            case IDictionary map:
                return OfMaps(map, (IDictionary)other, path);
            case IEnumerable items and not string:
                return OfItems(items.Cast<object?>().ToList(), ((IEnumerable)other).Cast<object?>().ToList(), path);
        }
        var type = one.GetType();
        if (type.IsEnum || type.Namespace == "System")
            return one.Equals(other) ? null : path;
        return Fields(type)
            .Select(field => Of(field.GetValue(one), field.GetValue(other), $"{path}.{field.Name}"))
            .FirstOrDefault(difference => difference is not null);
    }

    private static string? OfMaps(IDictionary one, IDictionary other, string path) =>
        one.Count != other.Count
            ? path
            : one.Keys.Cast<object>().Select(key => other.Contains(key) ? Of(one[key], other[key], $"{path}[{key}]") : path)
                .FirstOrDefault(difference => difference is not null);

    private static string? OfItems(List<object?> one, List<object?> other, string path) =>
        one.Count != other.Count
            ? path
            : one.Select((item, i) => Of(item, other[i], $"{path}[{i}]")).FirstOrDefault(difference => difference is not null);

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (var current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            foreach (var field in current.GetFields(All))
                yield return field;
        }
    }
}
