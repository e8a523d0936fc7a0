using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>The types found so far, and the objects among them whose members are still to be looked at.</summary>
internal sealed class JsonGraphWalk(Compilation compilation, JsonSettings settings, Report? report)
{
    /// <summary>
    /// A type whose arguments nest deeper than this expands without end: <c>record Node&lt;T&gt;(Node&lt;Node&lt;T&gt;&gt;? Next)</c>.
    /// </summary>
    private const int MaxNesting = 10;

    /// <summary>
    /// Two such members would expand to thousands of types before the nesting ends them. No record of a person's has as many.
    /// </summary>
    private const int MaxTypes = 2_000;

    private readonly List<JsonTypeModel> _types = [];
    private readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly List<ITypeSymbol> _converted = [];
    private readonly Queue<(INamedTypeSymbol Type, int Index, MemberPath Path)> _objects = new();

    public Compilation Compilation { get; } = compilation;

    public JsonSettings Settings { get; } = settings;

    public Report? Report { get; } = report;

    public IEnumerable<JsonTypeModel> Finish(CancellationToken cancellation)
    {
        while (_objects.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var (type, index, path) = _objects.Dequeue();
            _types[index] = JsonObjectParser.Parse(type, _types[index], path, this);
        }

        // What only a member's own converter reads and writes still needs metadata, which nobody asks.
        foreach (var type in _converted)
        {
            if (!_seen.Contains(type))
                Take(type, new JsonShape(JsonTypeKind.Unsupported));
        }

        return _types;
    }

    public JsonShape ShapeOf(ITypeSymbol type) => JsonTypeRules.ShapeOf(type, Compilation, Settings);

    /// <summary>
    /// Adds a type and what it is made of. False: it was reported (or is
    /// the compiler's to report), and who contains it cannot be generated.
    /// </summary>
    public bool Add(ITypeSymbol type, MemberPath path)
    {
        if (type.TypeKind == TypeKind.Error)
            return false;
        if (_seen.Contains(type))
            return true;
        var shape = ShapeOf(type);
        if (shape.Refusal is { } reason)
            return Refuse(type, path, reason);
        if (Nesting(type) > MaxNesting || _types.Count >= MaxTypes)
            return Refuse(type, path, "it contains ever new types; a generic type contains itself with other type arguments");

        switch (shape.Kind)
        {
            case JsonTypeKind.Converted:
                return AddConverted(type, path);
            case JsonTypeKind.StringEnum or JsonTypeKind.NumberEnum:
                foreach (var member in type.GetMembers())
                    ReportAttributes(member, path, type.Name + "." + member.Name, "JsonStringEnumMemberNameAttribute");
                break;
            case JsonTypeKind.Object:
                var named = (INamedTypeSymbol)type;
                if (!named.TypeArguments.All(argument => argument.TypeKind != TypeKind.Error))
                    return false;
                _objects.Enqueue((named, _types.Count, path));
                break;
            default:
                if (shape.Key is { } key && !AddKey(type, key, path))
                    return false;
                if (shape.Element is { } element && !Add(element, path))
                    return false;
                break;
        }

        Take(type, shape);
        // An object's derived types come with its members.
        return shape.Kind != JsonTypeKind.Collection || JsonPolymorphism.AddDerivedTypes((INamedTypeSymbol)type, path, this);
    }

    /// <summary>
    /// Adds a type, and reports here what it contains that no constructor makes: where it is declared nobody would see it.
    /// </summary>
    public bool AddContained(ITypeSymbol type, MemberPath path)
    {
        if (!Add(type, path))
            return false;
        // The type itself goes on as unsupported; each member that leads to it is told.
        if (Contained(type) is { } contained && JsonConstructors.Find(contained, Compilation, out var reason) is null)
            Report?.Invoke(JsonRuleIds.Constructor, path.Location, path.Text, $"{JsonTypeNames.Display(contained)}: {reason}");
        return true;
    }

    /// <summary>Notes the type of a member with a converter of its own. It may be any.</summary>
    public bool AddConvertedMember(ITypeSymbol type, MemberPath path)
    {
        var kind = ShapeOf(JsonConverters.Underlying(type) ?? type).Kind;
        if (kind is JsonTypeKind.Value or JsonTypeKind.StringEnum or JsonTypeKind.NumberEnum)
            return Add(type, path);
        _converted.Add(type);
        return type.TypeKind != TypeKind.Error;
    }

    public bool Refuse(ITypeSymbol type, MemberPath path, string reason)
    {
        var display = JsonTypeNames.Display(type);
        if (Settings.UserContext is { } context)
            Report?.Invoke(JsonRuleIds.NotInContext, path.Location, path.Text, display, reason, context.Replace("global::", ""));
        else
            Report?.Invoke(JsonRuleIds.MemberType, path.Location, path.Text, display, reason);
        return false;
    }

    /// <summary>Reports an attribute that cannot be honoured. Always false.</summary>
    public bool RefuseAttribute(AttributeData attribute, MemberPath path, string name, string reason)
    {
        var display = attribute.AttributeClass!.Name;
        if (display.EndsWith("Attribute", StringComparison.Ordinal))
            display = display.Substring(0, display.Length - "Attribute".Length);
        Report?.Invoke(JsonRuleIds.Attribute, path.At(attribute, Compilation).Location, display, name, reason);
        return false;
    }

    /// <summary>Reports the attributes on a symbol that are not honoured. True if there was none.</summary>
    public bool ReportAttributes(ISymbol symbol, MemberPath path, string name, params string[] supported)
    {
        var none = true;
        foreach (var attribute in JsonAttributes.Unsupported(symbol, supported))
            none = RefuseAttribute(attribute, path, name, "it means nothing here");
        return none;
    }

    private bool AddConverted(ITypeSymbol type, MemberPath path)
    {
        var attribute = JsonConverters.AttributeOf(type)!;
        if (JsonConverters.Creation(attribute, type, Compilation, out var reason) is { } converter)
            return Take(type, new JsonShape(JsonTypeKind.Converted) { Converter = converter });
        return reason.Length > 0 && RefuseAttribute(attribute, path, JsonTypeNames.Display(type), reason);
    }

    private bool AddKey(ITypeSymbol type, ITypeSymbol key, MemberPath path)
    {
        if (key.TypeKind == TypeKind.Error)
            return false;
        return JsonKeys.WhyNot(key, ShapeOf(key)) is { } reason ? Refuse(type, path, reason) : Add(key, path);
    }

    private INamedTypeSymbol? Contained(ITypeSymbol type)
    {
        var shape = ShapeOf(type);
        return shape.Kind == JsonTypeKind.Object
            ? JsonObjectParser.IsCreatable((INamedTypeSymbol)type) ? (INamedTypeSymbol)type : null
            : shape.Element is { } element ? Contained(element) : null;
    }

    private bool Take(ITypeSymbol type, JsonShape shape)
    {
        _seen.Add(type);
        _types.Add(shape.ModelOf(type));
        return true;
    }

    private static int Nesting(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => 1 + Nesting(array.ElementType),
        INamedTypeSymbol { TypeArguments.Length: > 0 } named => 1 + named.TypeArguments.Max(Nesting),
        _ => 0,
    };
}
