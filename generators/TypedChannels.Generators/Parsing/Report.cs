using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Takes a mistake that the parser found. The analyzers pass one; the generator passes none, since it only generates.</summary>
internal delegate void Report(string id, Location? location, params object?[] arguments);
