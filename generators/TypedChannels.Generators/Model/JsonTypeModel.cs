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
internal sealed record JsonContextModel(
    string? Namespace, string Name, EquatableArray<JsonTypeModel> Types, JsonNamingPolicyKind NamingPolicy);

/// <summary>
/// One source file of the context: equal as long as its type and the context's name are, so that it stays cached when a type is added.
/// </summary>
internal sealed record JsonTypeSource(string? Namespace, string ContextName, JsonTypeModel Type);
