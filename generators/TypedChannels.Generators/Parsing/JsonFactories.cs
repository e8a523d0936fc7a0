using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>
/// The collections that are made of all their items at once: the immutable ones as in System.Text.Json, and
/// some more which that can write but not read.
/// </summary>
internal static class JsonFactories
{
    private const string Immutable = "global::System.Collections.Immutable.";

    public static JsonShape? Of(INamedTypeSymbol type)
    {
        var (factory, isDictionary) = Factory(type);
        if (type.ContainingType is not null || factory is null)
            return null;
        var element = type.TypeArguments[type.Arity - 1];
        var shape = JsonCollections.Shape(
            type, isDictionary ? "ImmutableDictionary" : "ImmutableEnumerable", element, isDictionary ? type.TypeArguments[0] : null);
        // An immutable array that nobody has made is no array at all: the default one is what System.Text.Json starts with, too.
        var created = type.IsValueType ? shape.Collection!.Created : null;
        return shape with { Collection = shape.Collection! with { Created = created, Factory = factory } };
    }

    private static (string? Factory, bool IsDictionary) Factory(INamedTypeSymbol type)
    {
        var arguments = type.Arity switch
        {
            1 => JsonTypeNames.FullName(type.TypeArguments[0]),
            2 => JsonTypeNames.FullName(type.TypeArguments[0]) + ", " + JsonTypeNames.FullName(type.TypeArguments[1]),
            _ => "",
        };
        return (type.ContainingNamespace.ToDisplayString(), type.Name, type.Arity) switch
        {
            ("System.Collections.Immutable", "ImmutableDictionary" or "IImmutableDictionary", 2) => (Range("ImmutableDictionary"), true),
            ("System.Collections.Immutable", "ImmutableSortedDictionary", 2) => (Range("ImmutableSortedDictionary"), true),
            ("System.Collections.Immutable", "ImmutableArray", 1) => (Range("ImmutableArray"), false),
            ("System.Collections.Immutable", "ImmutableList" or "IImmutableList", 1) => (Range("ImmutableList"), false),
            ("System.Collections.Immutable", "ImmutableStack" or "IImmutableStack", 1) => (Range("ImmutableStack"), false),
            ("System.Collections.Immutable", "ImmutableQueue" or "IImmutableQueue", 1) => (Range("ImmutableQueue"), false),
            ("System.Collections.Immutable", "ImmutableHashSet" or "IImmutableSet", 1) => (Range("ImmutableHashSet"), false),
            ("System.Collections.Immutable", "ImmutableSortedSet", 1) => (Range("ImmutableSortedSet"), false),
            ("System.Collections.Frozen", "FrozenSet", 1) =>
                ($"static items => global::System.Collections.Frozen.FrozenSet.ToFrozenSet<{arguments}>(items)", false),
            ("System.Collections.Frozen", "FrozenDictionary", 2) =>
                ($"static items => global::System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary<{arguments}>(items)", true),
            ("System.Collections.Generic", "IReadOnlySet", 1) =>
                ($"static items => new global::System.Collections.Generic.HashSet<{arguments}>(items)", false),
            ("System.Collections.Concurrent", "ConcurrentBag", 1) =>
                ($"static items => new global::System.Collections.Concurrent.ConcurrentBag<{arguments}>(items)", false),
            ("System.Collections.ObjectModel", "ReadOnlyCollection", 1) => (Wrapped("List"), false),
            ("System.Collections.ObjectModel", "ReadOnlySet", 1) => (Wrapped("HashSet"), false),
            ("System.Collections.ObjectModel", "ReadOnlyDictionary", 2) => (Wrapped("Dictionary"), true),
            _ => (null, false),
        };

        string Range(string factory) => $"{Immutable}{factory}.CreateRange<{arguments}>";

        string Wrapped(string inner) =>
            $"static items => new {JsonTypeNames.FullName(type)}(new global::System.Collections.Generic.{inner}<{arguments}>(items))";
    }
}
