using System;

namespace TypedChannels.Generators;

/// <summary>A file, and what is printed into it one after the other.</summary>
internal sealed record FileModel<T>(string HintName, EquatableArray<T> Parts)
    where T : IEquatable<T>;
