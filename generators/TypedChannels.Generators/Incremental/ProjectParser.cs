using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Generators;

/// <summary>Finds a project's channels, servers and clients, and has them parsed.</summary>
internal static class ProjectParser
{
    private static readonly string[] Attributes =
        [KnownSymbols.ChannelAttribute, KnownSymbols.ChannelServerAttribute, KnownSymbols.ChannelClientAttribute];

    public static ProjectModel Parse(Compilation compilation, string? rootNamespace, CancellationToken cancellation)
    {
        var order = ((CSharpCompilation)compilation).SyntaxTrees.Select((tree, i) => (tree, i)).ToDictionary(t => t.tree, t => t.i);
        var declared = Types(compilation.Assembly.GlobalNamespace, cancellation)
            // Two declarations of one name are an error of the user, which the compiler reports; one is generated.
            .Where(type => Attributes.Any(attribute => type.FindAttribute(attribute) is not null) && type.IsFirstOfItsName())
            .OrderBy(type => order[type.Locations[0].SourceTree!]).ThenBy(type => type.Locations[0].SourceSpan.Start)
            .ToList();
        return new ProjectModel(
            AssemblyParser.Parse(compilation, rootNamespace),
            JsonSettingsParser.Parse(compilation.Assembly, report: null),
            Find<DeclaredChannel>(KnownSymbols.ChannelAttribute, ParseChannel),
            Find<EndpointDeclaration>(KnownSymbols.ChannelServerAttribute, ServerParser.Parse),
            Find<EndpointDeclaration>(KnownSymbols.ChannelClientAttribute, EndpointParser.ParseClient));

        EquatableArray<Declared<T>> Find<T>(string attribute, ParseDeclaration<T> parse)
            where T : class, System.IEquatable<T> =>
            new(declared.Where(type => type.FindAttribute(attribute) is not null)
                .Select(type => new Declared<T>(MetadataName(type), type.Name, Model(type, attribute, parse, compilation, cancellation))));
    }

    /// <summary>
    /// The same where only the inside of types has changed: what can see that is parsed again. <see langword="null"/>: that may be anything.
    /// </summary>
    public static ProjectModel? ParseAgain(
        ProjectModel before, DeclarationDiff diff, Compilation compilation, string? rootNamespace, CancellationToken cancellation)
    {
        if (Reach.Of(diff, compilation.SyntaxTrees, cancellation) is not { } seeing)
            return null;
        var isConcerned = before.Names.Any(seeing.Contains);
        // Otherwise nothing was or can have become a channel, a server or a client, so that no symbol need be asked.
        if ((isConcerned || seeing.HasAttributes) && HasOthers(before, seeing, compilation, cancellation))
            return null;
        if (!isConcerned)
            return before;
        if (AssemblyParser.Parse(compilation, rootNamespace) != before.Assembly
            || JsonSettingsParser.Parse(compilation.Assembly, report: null) != before.Settings)
        {
            return null;
        }

        var isFound = true;
        var after = before with
        {
            Channels = Again<DeclaredChannel>(before.Channels, KnownSymbols.ChannelAttribute, ParseChannel),
            Servers = Again<EndpointDeclaration>(before.Servers, KnownSymbols.ChannelServerAttribute, ServerParser.Parse),
            Clients = Again<EndpointDeclaration>(before.Clients, KnownSymbols.ChannelClientAttribute, EndpointParser.ParseClient),
        };
        return isFound ? after : null;

        EquatableArray<Declared<T>> Again<T>(EquatableArray<Declared<T>> all, string attribute, ParseDeclaration<T> parse)
            where T : class, System.IEquatable<T> =>
            new(all.Select(declared =>
            {
                // There are few servers and clients, and each depends on much.
                if (typeof(T) == typeof(DeclaredChannel) && !seeing.Contains(declared.Name))
                    return declared;
                var type = compilation.Assembly.GetTypeByMetadataName(declared.MetadataName);
                isFound &= type is not null;
                return type is null ? declared : declared with { Model = Model(type, attribute, parse, compilation, cancellation) };
            }));
    }

    /// <summary>
    /// Whether a type has become a channel, a server or a client, or is none any more, which changes what others are. It need not have
    /// changed itself: what its attribute's name means may hang on the bases of another type.
    /// </summary>
    private static bool HasOthers(ProjectModel before, Reach seeing, Compilation compilation, CancellationToken cancellation) =>
        compilation.GetSymbolsWithName(seeing.Contains, SymbolFilter.Type, cancellation).OfType<INamedTypeSymbol>().Any(type =>
            Attributes.Any(attribute => before.Has(attribute, MetadataName(type)) != type.FindAttribute(attribute) is not null));

    private delegate T? ParseDeclaration<T>(
        INamedTypeSymbol type, AttributeData attribute, Compilation compilation, Report? report, CancellationToken cancellation);

    private static T? Model<T>(
        INamedTypeSymbol type, string attribute, ParseDeclaration<T> parse, Compilation compilation, CancellationToken cancellation)
        where T : class =>
        parse(type, type.FindAttribute(attribute)!, compilation, report: null, cancellation);

    private static DeclaredChannel? ParseChannel(
        INamedTypeSymbol record, AttributeData attribute, Compilation compilation, Report? report, CancellationToken cancellation) =>
        ChannelParser.Parse(record, attribute, AssemblyParser.Descriptors(compilation), report, cancellation) is { } channel
        // Without types: a record that generated code cannot name.
        && JsonGraphParser.Parse(record, compilation, report, cancellation) is { Types.Count: > 0 } graph
            ? new(
                channel,
                graph,
                DirectPlanParser.Parse(record, graph, compilation, cancellation),
                ManifestParser.Parse(record, graph, compilation, cancellation))
            : null;

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol scope, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var type in scope.GetTypeMembers())
        {
            yield return type;
            foreach (var inner in Types(type, cancellation))
                yield return inner;
        }
        if (scope is not INamespaceSymbol space)
            yield break;
        foreach (var type in space.GetNamespaceMembers().SelectMany(inner => Types(inner, cancellation)))
            yield return type;
    }

    private static string MetadataName(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? MetadataName(outer) + "+" + type.MetadataName
        : type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName
        : type.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat).Replace("@", "") + "." + type.MetadataName;
}
