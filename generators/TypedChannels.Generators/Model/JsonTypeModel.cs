namespace TypedChannels.Generators;

/// <summary>What the context's emitter must know of one type.</summary>
internal sealed record JsonTypeModel(string FullName);

/// <summary>A channel record and all that it contains, the record first.</summary>
internal sealed record JsonGraph(EquatableArray<JsonTypeModel> Types);

/// <summary>The one context of an assembly: each type once, with the name of its property.</summary>
internal sealed record JsonContextModel(string? Namespace, string Name, EquatableArray<JsonTypeModel> Types);
