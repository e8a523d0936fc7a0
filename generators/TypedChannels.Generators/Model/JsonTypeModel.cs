using System.Collections.Generic;
using System.Linq;

namespace TypedChannels.Generators;

/// <summary>Which of the metadata services makes a type's metadata.</summary>
internal enum JsonTypeKind
{
    /// <summary>A type that System.Text.Json has a converter for.</summary>
    Value,
    StringEnum,
    NumberEnum,
    Nullable,
    Array,
    List,
    ReadOnlyList,
    Dictionary,
    Object,

    /// <summary>Any other collection or dictionary: see <see cref="JsonCollectionModel"/>.</summary>
    Collection,

    /// <summary>A type with <c>[JsonConverter]</c>.</summary>
    Converted,

    /// <summary>A type that the user's own context describes.</summary>
    UserContext,

    /// <summary>
    /// A type with a mistake that the analyzer reports. It keeps its property, so that the code around it compiles, and throws when used.
    /// </summary>
    Unsupported,
}

/// <summary>What the context's emitter must know of one type. It does not depend on the graph in which the type was found.</summary>
/// <param name="FullName">The type as generated code names it, without nullable annotations: <c>global::App.ChatMessage</c>.</param>
/// <param name="PropertyName">The name of its property in the context. Until the graphs are merged: the name that it would like.</param>
/// <param name="QualifiedName">The property's name if another type would like the same one.</param>
/// <param name="IsPublic">Whether other assemblies see the type.</param>
/// <param name="Kind">Which of the metadata services makes its metadata.</param>
internal sealed record JsonTypeModel(string FullName, string PropertyName, string QualifiedName, bool IsPublic, JsonTypeKind Kind)
{
    /// <summary>The name of the converter in <c>JsonMetadataServices</c>, for <see cref="JsonTypeKind.Value"/>.</summary>
    public string? Converter { get; init; }

    /// <summary>The full name of what the type contains: the element, the value of the dictionary, the type under the <c>?</c>.</summary>
    public string? Element { get; init; }

    /// <summary>The full name of the dictionary's key, for dictionaries of the kind <see cref="JsonTypeKind.Collection"/>.</summary>
    public string? Key { get; init; }

    /// <summary>How the metadata is made, for <see cref="JsonTypeKind.Collection"/>.</summary>
    public JsonCollectionModel? Collection { get; init; }

    /// <summary>The converter as C#, for <see cref="JsonTypeKind.Converted"/>: <c>new global::App.MoneyConverter()</c>.</summary>
    public string? CustomConverter { get; init; }

    /// <summary>The value of <c>[JsonNumberHandling]</c> on the type, if any.</summary>
    public int? NumberHandling { get; init; }

    /// <summary>The members and the constructor, for <see cref="JsonTypeKind.Object"/>.</summary>
    public JsonObjectModel? Object { get; init; }

    /// <summary>The part of the source file's name that is this type's. Empty until the graphs are merged.</summary>
    public string HintName { get; init; } = "";
}

/// <summary>
/// A channel record and all that it contains, the record first. Without types: the record cannot even be named by generated code.
/// </summary>
internal sealed record JsonGraph(EquatableArray<JsonTypeModel> Types, JsonSettings Settings);

/// <summary>The one context of an assembly: each type once, with the name of its property, in the order in which they were found.</summary>
/// <param name="UserContext">The full name of the user's own context, if there is one.</param>
internal sealed record JsonContextModel(
    string? Namespace, string Name, EquatableArray<JsonTypeModel> Types, JsonNamingPolicyKind NamingPolicy, string? UserContext = null)
{
    /// <summary>A file for each type, so that a further one leaves those of the others as they are.</summary>
    public IEnumerable<JsonTypeSource> Sources => Types.Select(type =>
        new JsonTypeSource(Namespace, Name, type, type.Kind == JsonTypeKind.UserContext ? UserContext : null));
}

/// <summary>
/// One source file of the context: equal as long as its type and the context's name are, so that it stays cached when a type is added.
/// </summary>
/// <param name="Namespace">The context's namespace.</param>
/// <param name="ContextName">The context's name.</param>
/// <param name="Type">The type.</param>
/// <param name="UserContext">The user's own context, if the type is one of its.</param>
internal sealed record JsonTypeSource(string? Namespace, string ContextName, JsonTypeModel Type, string? UserContext = null)
{
    public string HintName => $"{HintNames.ForContext(ContextName)}.{Type.HintName}.g.cs";
}
