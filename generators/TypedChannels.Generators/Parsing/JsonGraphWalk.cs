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

        return _types;
    }

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
        if (JsonTypeRules.WhyNot(type, Compilation) is { } reason)
            return Refuse(type, path, reason);
        if (Nesting(type) > MaxNesting || _types.Count >= MaxTypes)
            return Refuse(type, path, "it contains ever new types; a generic type contains itself with other type arguments");

        if (JsonValueTypes.ConverterOf(type, Compilation.Assembly) is { } converter)
            return Take(type, JsonTypeKind.Value, converter: converter);
        if (type.TypeKind == TypeKind.Enum)
            return AddEnum(type, path);
        if (type is IArrayTypeSymbol array)
            return Add(array.ElementType, path) && Take(type, JsonTypeKind.Array, array.ElementType);

        var named = (INamedTypeSymbol)type;
        if (JsonTypeRules.CollectionKind(named) is { } kind)
            return Add(named.TypeArguments[named.Arity - 1], path) && Take(type, kind, named.TypeArguments[named.Arity - 1]);
        if (!named.TypeArguments.All(argument => argument.TypeKind != TypeKind.Error))
            return false;
        _objects.Enqueue((named, _types.Count, path));
        return Take(type, JsonTypeKind.Object);
    }

    public bool Refuse(ITypeSymbol type, MemberPath path, string reason)
    {
        Report?.Invoke(JsonRuleIds.MemberType, path.Location, path.Text, JsonTypeNames.Display(type), reason);
        return false;
    }

    private bool AddEnum(ITypeSymbol type, MemberPath path)
    {
        ReportAttributes(type, path, type.Name);
        foreach (var member in type.GetMembers())
            ReportAttributes(member, path, type.Name + "." + member.Name, "JsonStringEnumMemberNameAttribute");
        return Take(type, Settings.StringEnums ? JsonTypeKind.StringEnum : JsonTypeKind.NumberEnum);
    }

    /// <summary>Reports the attributes on a symbol that are not honoured. True if there was none.</summary>
    public bool ReportAttributes(ISymbol symbol, MemberPath path, string name, params string[] supported)
    {
        var none = true;
        foreach (var attribute in JsonAttributes.Unsupported(symbol, supported))
        {
            none = false;
            var place = attribute.ApplicationSyntaxReference is { } syntax && Compilation.ContainsSyntaxTree(syntax.SyntaxTree)
                ? syntax.SyntaxTree.GetLocation(syntax.Span)
                : path.Location;
            var display = attribute.AttributeClass!.Name;
            if (display.EndsWith("Attribute", StringComparison.Ordinal))
                display = display.Substring(0, display.Length - "Attribute".Length);
            Report?.Invoke(JsonRuleIds.Attribute, place, display, name);
        }

        return none;
    }

    private bool Take(ITypeSymbol type, JsonTypeKind kind, ITypeSymbol? element = null, string? converter = null)
    {
        _seen.Add(type);
        var fullName = JsonTypeNames.FullName(type);
        _types.Add(new JsonTypeModel(fullName, JsonTypeNames.PropertyName(type), JsonTypeNames.QualifiedName(fullName),
            JsonTypeRules.IsPublic(type), kind)
        {
            Converter = converter,
            Element = element is null ? null : JsonTypeNames.FullName(element),
        });
        return true;
    }

    private static int Nesting(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => 1 + Nesting(array.ElementType),
        INamedTypeSymbol { TypeArguments.Length: > 0 } named => 1 + named.TypeArguments.Max(Nesting),
        _ => 0,
    };
}
