using System.Collections.Generic;

namespace TypedChannels.Generators;

internal static class JsonContextEmitter
{
    public static IEnumerable<(string HintName, string Source)> Emit(JsonContextModel context) => [];
}
