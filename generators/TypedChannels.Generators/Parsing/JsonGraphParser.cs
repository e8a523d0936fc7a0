using System.Threading;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

internal static class JsonGraphParser
{
    public static JsonGraph Parse(INamedTypeSymbol root, Compilation compilation, Report? report, CancellationToken cancellation) =>
        new(new EquatableArray<JsonTypeModel>([]));
}
