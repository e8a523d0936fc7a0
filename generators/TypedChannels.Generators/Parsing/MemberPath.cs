using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>
/// How the parser came to a type: <c>ChatMessage.Author.Tags</c>, and the place in the project's source that is nearest to it.
/// </summary>
internal readonly struct MemberPath(string text, Location? location)
{
    public string Text { get; } = text;

    public Location? Location { get; } = location;

    public static MemberPath Root(INamedTypeSymbol root, Compilation compilation) => new(root.Name, LocationOf(root, compilation));

    /// <summary>A member declared in another assembly is reported where this assembly's source leads to it.</summary>
    public MemberPath Member(ISymbol member, Compilation compilation) =>
        new(Text + "." + member.Name, LocationOf(member, compilation) ?? Location);

    /// <summary>The same path, at an attribute of this project's source.</summary>
    public MemberPath At(AttributeData attribute, Compilation compilation) =>
        new(Text, attribute.ApplicationSyntaxReference is { } syntax && compilation.ContainsSyntaxTree(syntax.SyntaxTree)
            ? syntax.SyntaxTree.GetLocation(syntax.Span)
            : Location);

    public static Location? LocationOf(ISymbol symbol, Compilation compilation) =>
        symbol.Locations.FirstOrDefault(location => location.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree));
}
