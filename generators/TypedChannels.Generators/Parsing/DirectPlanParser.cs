using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>
/// Decides whether a record goes directly. It must know all that a type says of its JSON: what it does not know goes by metadata.
/// </summary>
internal sealed class DirectPlanParser
{
    private static readonly HashSet<string> KnownSettings = ["PropertyNamingPolicy", "UseStringEnumConverter", "ContextName", "Context"];

    private readonly Compilation _compilation;
    private readonly Dictionary<string, JsonTypeModel> _models;
    private readonly List<DirectTypeModel> _types = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<ITypeSymbol> _open = new();

    private DirectPlanParser(JsonGraph graph, Compilation compilation)
    {
        _compilation = compilation;
        _models = graph.Types.GroupBy(type => type.FullName, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
    }

    public static DirectPlan Parse(INamedTypeSymbol root, JsonGraph graph, Compilation compilation, CancellationToken cancellation)
    {
        var settings = compilation.Assembly.FindAttribute(KnownSymbols.ChannelJsonAttribute);
        if (settings?.NamedArguments.FirstOrDefault(argument => !KnownSettings.Contains(argument.Key)).Key is { } setting)
            return new(default, $"[ChannelJson] sets {setting}");

        var parser = new DirectPlanParser(graph, compilation);
        parser._open.Enqueue(root);
        while (parser._open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var type = parser._open.Dequeue();
            if (parser._seen.Add(JsonTypeNames.FullName(type)) && parser.Add(type) is { } reason)
                return new(default, reason);
        }
        return new(new EquatableArray<DirectTypeModel>(parser._types), WhyNot: null);
    }

    /// <summary>Adds a type. Otherwise: why not.</summary>
    private string? Add(ITypeSymbol type)
    {
        var name = JsonTypeNames.FullName(type);
        if (!_models.TryGetValue(name, out var model))
            return $"{name} is not known";
        var direct = new DirectTypeModel(name, default, type.IsValueType);
        switch (model.Kind)
        {
            case JsonTypeKind.Value when DirectScalars.MethodOf(model.Converter) is { } method:
                return Take(direct with { Kind = DirectKind.Scalar, Method = method });
            case JsonTypeKind.StringEnum or JsonTypeKind.NumberEnum when type is INamedTypeSymbol { TypeKind: TypeKind.Enum } named:
                return AddEnum(named, direct, model.Kind);
            case JsonTypeKind.Nullable when type is INamedTypeSymbol named:
                return TakeOf(direct, DirectKind.Nullable, named.TypeArguments[0]);
            case JsonTypeKind.Array when type is IArrayTypeSymbol { Rank: 1 } array:
                return TakeOf(direct, DirectKind.Array, array.ElementType);
            case JsonTypeKind.List when type is INamedTypeSymbol named && named.Is("System.Collections.Generic.List`1"):
                return TakeOf(direct, DirectKind.List, named.TypeArguments[0]);
            case JsonTypeKind.ReadOnlyList when type is INamedTypeSymbol named && named.Is("System.Collections.Generic.IReadOnlyList`1"):
                return TakeOf(direct, DirectKind.ReadOnlyList, named.TypeArguments[0]);
            case JsonTypeKind.Dictionary when type is INamedTypeSymbol named && named.Is("System.Collections.Generic.Dictionary`2")
                && named.TypeArguments[0].SpecialType == SpecialType.System_String:
                return TakeOf(direct, DirectKind.Dictionary, named.TypeArguments[1]);
            case JsonTypeKind.Object when type is INamedTypeSymbol named && model.Object is { } shape:
                var found = DirectObjectParser.Parse(named, shape, _compilation, out var contained, out var reason);
                if (found is null)
                    return $"{name}: {reason}";
                contained.ForEach(_open.Enqueue);
                return Take(direct with { Kind = DirectKind.Object, Object = found });
            default:
                return $"{name} has no direct reader";
        }
    }

    private string? TakeOf(DirectTypeModel type, DirectKind kind, ITypeSymbol element)
    {
        _open.Enqueue(element);
        return Take(type with { Kind = kind, Element = JsonTypeNames.FullName(element) });
    }

    private string? Take(DirectTypeModel type)
    {
        _types.Add(type);
        return null;
    }

    private string? AddEnum(INamedTypeSymbol type, DirectTypeModel direct, JsonTypeKind kind)
    {
        const string memberName = "JsonStringEnumMemberNameAttribute";
        var fields = type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).ToList();
        if (JsonAttributes.Unsupported(type).Any() || fields.Any(field => JsonAttributes.Unsupported(field, memberName).Any()))
            return $"{direct.FullName} has an attribute of its own";
        if (kind == JsonTypeKind.NumberEnum)
        {
            var number = type.EnumUnderlyingType!;
            return Take(direct with { Kind = DirectKind.NumberEnum, Method = number.Name, Element = JsonTypeNames.FullName(number) });
        }
        var hasFlags = type.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == "System.FlagsAttribute");
        if (fields.Select(field => field.ConstantValue).Distinct().Count() < fields.Count)
            return $"{direct.FullName} has two names for one value";
        var values = fields
            .Select(field => new DirectEnumValue(
                field.Name,
                JsonAttributes.Argument<string>(field, memberName) ?? field.Name,
                !hasFlags || IsOneFlag(field.ConstantValue!)))
            .ToList();
        if (values.Any(value => !IsPlain(value.JsonName)) || values.Select(value => value.JsonName).Distinct().Count() < values.Count)
            return $"{direct.FullName} has a name that is no plain one";
        return Take(direct with { Kind = DirectKind.StringEnum, Values = new EquatableArray<DirectEnumValue>(values) });
    }

    private static bool IsOneFlag(object constant)
    {
        var bits = constant is ulong large ? large : unchecked((ulong)Convert.ToInt64(constant, CultureInfo.InvariantCulture));
        return (bits & (bits - 1)) == 0;
    }

    /// <summary>Some names mean more to System.Text.Json: those with a comma, or that look like numbers.</summary>
    private static bool IsPlain(string name) =>
        name.Length > 0 && char.IsLetter(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');
}
