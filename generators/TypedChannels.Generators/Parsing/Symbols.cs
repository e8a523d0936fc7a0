using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Questions about symbols that more than one parser asks.</summary>
internal static class Symbols
{
    /// <summary>
    /// How a type is written in generated code: from <c>global::</c> on, keywords escaped, its arguments' nullability shown.
    /// </summary>
    public static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string FullName(this ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(Qualified);

    public static AttributeData? FindAttribute(this ISymbol symbol, string metadataName) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass.Is(metadataName));

    public static TypedConstant? Property(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Error)
                return argument.Value;
        }
        return null;
    }

    /// <summary>The types around a type, outermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> Containers(this INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? outer.Containers().Append(outer) : [];

    /// <summary>Whether every assembly may see it.</summary>
    public static bool IsPublic(this ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.IsPublic(),
        INamedTypeSymbol named => named.DeclaredAccessibility is Accessibility.Public or Accessibility.NotApplicable
            && (named.ContainingType?.IsPublic() ?? true) && named.TypeArguments.All(IsPublic),
        _ => true,
    };

    /// <summary>Whether all of the assembly may see it.</summary>
    public static bool IsInternal(this INamedTypeSymbol type) =>
        type.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
        && !type.IsFileLocal && (type.ContainingType?.IsInternal() ?? true);

    public static bool IsGeneric(this INamedTypeSymbol type) => type.Arity > 0 || (type.ContainingType?.IsGeneric() ?? false);

    /// <summary>
    /// Whether a type is the only one of its name, or the first by file and place: the compiler's order of them hangs on what was edited
    /// before. Two declarations of one name are an error of the user, which the compiler reports; two files of one name would stop
    /// everything generated.
    /// </summary>
    public static bool IsFirstOfItsName(this INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type; t is not null; t = t.ContainingType)
        {
            var scope = (INamespaceOrTypeSymbol?)t.ContainingType ?? t.ContainingNamespace;
            var all = scope.GetTypeMembers(t.Name, t.Arity);
            if (all.Length > 1 && !t.Locations.Contains(InOrder(all.SelectMany(twin => twin.Locations)).First()))
                return false;
        }
        return true;
    }

    private static IEnumerable<Location> InOrder(IEnumerable<Location> places) =>
        places.OrderBy(place => place.SourceTree?.FilePath ?? "", System.StringComparer.Ordinal).ThenBy(place => place.SourceSpan.Start);

    /// <summary>Whether the generator wrote it: the analyzers see a compilation in which it has already run.</summary>
    public static bool IsGenerated(this ISymbol symbol) =>
        symbol.IsImplicitlyDeclared || symbol.GetAttributes().Any(a =>
            a.AttributeClass is { Name: "GeneratedCodeAttribute" }
            && a.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: KnownSymbols.Tool });

    /// <summary>
    /// Whether another generator wrote all of it. No generator sees what another makes, but the analyzers do. Nothing says so except
    /// the path that the compiler gives it: the generator's assembly, the generator's full name, the file.
    /// </summary>
    public static bool IsOfOtherGenerator(this ISymbol symbol) =>
        !symbol.DeclaringSyntaxReferences.IsEmpty && symbol.DeclaringSyntaxReferences.All(r => IsGenerators(r.SyntaxTree.FilePath));

    private static bool IsGenerators(string path)
    {
        var parts = path.Split('/', '\\');
        if (parts.Length < 3 || !parts[parts.Length - 1].EndsWith(".g.cs", System.StringComparison.Ordinal))
            return false;
        var (assembly, type) = (parts[parts.Length - 3], parts[parts.Length - 2]);
        return type.IndexOf('.') > 0 && type.Split('.')[0] == assembly.Split('.')[0] && assembly != KnownSymbols.Tool;
    }
}
