using System.Collections.Generic;

namespace TypedChannels.Generators;

internal static class JsonContextBuilder
{
    public static JsonContextModel Merge(IEnumerable<JsonGraph> graphs, string? contextNamespace, string contextName) =>
        new(contextNamespace, contextName, new EquatableArray<JsonTypeModel>([]));
}
