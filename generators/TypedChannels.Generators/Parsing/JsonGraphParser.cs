using System.Threading;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Walks from a channel record over everything that it contains, and turns each type into a model.</summary>
internal static class JsonGraphParser
{
    public static JsonGraph Parse(INamedTypeSymbol root, Compilation compilation, Report? report, CancellationToken cancellation)
    {
        // The attribute's own mistakes are reported once for the assembly, not for each record.
        var settings = JsonSettingsParser.Parse(compilation.Assembly, report: null);
        var path = MemberPath.Root(root, compilation);
        // The channel's own parser has reported it.
        if (ChannelParser.WhyUnusable(root) is not null)
            return new JsonGraph(default, settings);

        var walk = new JsonGraphWalk(compilation, settings, report);
        if (!root.IsAbstract && walk.ShapeOf(root).Kind == JsonTypeKind.Object && JsonConstructors.Find(root, compilation, out var reason) is null)
            report?.Invoke(JsonRuleIds.Constructor, path.Location, root.Name, reason);
        walk.Add(root, path);
        return new JsonGraph(new EquatableArray<JsonTypeModel>(walk.Finish(cancellation)), settings);
    }
}
