using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>
/// Which collection a type is for JSON. The order of the questions is System.Text.Json's: a type
/// that is several, as most are, must be written and read as it does.
/// </summary>
internal static class JsonCollections
{
    private const string Generic = "System.Collections.Generic";
    private const string Concurrent = "System.Collections.Concurrent";

    /// <summary>The generic types that decide, the first that fits. Those with two arguments are dictionaries.</summary>
    private static readonly (string Namespace, string Name, int Arity, string Service)[] Services =
    [
        (Generic, "List", 1, "List"),
        (Generic, "Dictionary", 2, "Dictionary"),
        (Generic, "IDictionary", 2, "IDictionary"),
        (Generic, "IReadOnlyDictionary", 2, "IReadOnlyDictionary"),
        (Generic, "IList", 1, "IList"),
        (Generic, "ISet", 1, "ISet"),
        (Generic, "ICollection", 1, "ICollection"),
        (Generic, "Stack", 1, "Stack"),
        (Generic, "Queue", 1, "Queue"),
        (Concurrent, "ConcurrentStack", 1, "ConcurrentStack"),
        (Concurrent, "ConcurrentQueue", 1, "ConcurrentQueue"),
        (Generic, "IEnumerable", 1, "IEnumerable"),
    ];

    /// <summary>The collection's shape, or why it cannot be generated; null if the type is no collection.</summary>
    public static JsonShape? ShapeOf(INamedTypeSymbol type, Compilation compilation)
    {
        if (JsonValueTypes.IsMemory(type))
        {
            var memory = new JsonCollectionModel(type.Name, JsonTypeNames.FullName(type.TypeArguments[0]));
            return new JsonShape(JsonTypeKind.Collection)
            {
                Element = type.TypeArguments[0],
                Collection = memory with { Created = JsonTypeNames.FullName(type) },
            };
        }

        if (Find(type, Generic, "IAsyncEnumerable", 1) is not null)
            return JsonShape.Refuse("a message is read and written at once, so it cannot be asynchronous");
        if (!JsonValueTypes.IsCollection(type))
            return null;
        if (JsonFactories.Of(type) is { } made)
            return made;

        foreach (var (space, name, arity, service) in Services)
        {
            if (Find(type, space, name, arity) is not { } found)
                continue;
            var element = found.TypeArguments[arity - 1];
            var shape = Shape(type, service, element, arity == 2 ? found.TypeArguments[0] : null);
            return WhyNotMade(type, found, shape.Collection, compilation) is { } reason ? JsonShape.Refuse(reason) : shape;
        }

        return JsonShape.Refuse("it holds objects of any type; use a generic collection");
    }

    public static JsonShape Shape(INamedTypeSymbol type, string service, ITypeSymbol element, ITypeSymbol? key = null)
    {
        if (JsonTypeRules.CollectionKind(type) is { } own)
            return new JsonShape(own) { Element = element, Key = key };

        var arguments = new[] { type, key, element }.Where(t => t is not null).Select(t => JsonTypeNames.FullName(t!));
        return new JsonShape(JsonTypeKind.Collection)
        {
            Element = element,
            Key = key,
            Collection = new JsonCollectionModel(service, string.Join(", ", arguments)) { Created = Created(type, service, element, key) },
        };
    }

    /// <summary>The type itself, or what stands for an interface. System.Text.Json has its own for those that cannot be added to.</summary>
    private static string? Created(INamedTypeSymbol type, string service, ITypeSymbol element, ITypeSymbol? key)
    {
        if (type.TypeKind != TypeKind.Interface)
            return JsonTypeNames.FullName(type);
        var of = JsonTypeNames.FullName(element);
        return service switch
        {
            "IList" or "ICollection" => $"global::{Generic}.List<{of}>",
            "ISet" => $"global::{Generic}.HashSet<{of}>",
            "IDictionary" => $"global::{Generic}.Dictionary<{JsonTypeNames.FullName(key!)}, {of}>",
            _ => null,
        };
    }

    private static string? WhyNotMade(INamedTypeSymbol type, INamedTypeSymbol found, JsonCollectionModel? model, Compilation compilation)
    {
        // Of the interfaces only those themselves: a derived one does not say which type to create.
        if (type.TypeKind == TypeKind.Interface)
        {
            return SymbolEqualityComparer.Default.Equals(type, found) || IsReadOnlyInterface(type)
                ? null
                : "an interface does not say which type to create; use a type that implements it";
        }

        if (model is null)
            return null;
        if (model.Service is "IEnumerable" or "IReadOnlyDictionary" || type is { Name: "ArraySegment", Arity: 1 })
            return "nothing can be added to it; use a type that implements ICollection<T> or IDictionary<TKey, TValue>";
        if (type.IsAbstract)
            return "an abstract collection cannot be created";
        return WhyNotCreated(type, compilation);
    }

    /// <summary>A list stands for these two.</summary>
    private static bool IsReadOnlyInterface(INamedTypeSymbol type) =>
        type is { Name: "IReadOnlyCollection" or "IReadOnlyList", Arity: 1 }
        && type.ContainingNamespace.ToDisplayString() == Generic;

    private static string? WhyNotCreated(INamedTypeSymbol type, Compilation compilation)
    {
        var made = type.InstanceConstructors.FirstOrDefault(c => c.Parameters.Length == 0);
        if (made is not { DeclaredAccessibility: Accessibility.Public })
            return "it has no public constructor without parameters";
        if (JsonConstructors.IsObsoleteError(made))
            return "its constructor is an error to use";
        if (!compilation.IsSymbolAccessibleWithin(made, compilation.Assembly))
            return "generated code cannot see its constructor";
        return !JsonConstructors.SetsRequiredMembers(made) && JsonConstructors.RequiredMembers(type).Any()
            ? "a collection's required members cannot be set from JSON"
            : null;
    }

    /// <summary>The type itself, its base or its interface that is the generic type of the name.</summary>
    public static INamedTypeSymbol? Find(INamedTypeSymbol type, string space, string name, int arity)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (Is(current))
                return current;
        }

        return type.AllInterfaces.FirstOrDefault(Is);

        bool Is(INamedTypeSymbol candidate) =>
            candidate.Arity == arity && candidate.Name == name && candidate.ContainingType is null
            && candidate.ContainingNamespace.ToDisplayString() == space;
    }
}
