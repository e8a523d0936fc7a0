using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.Generators;

/// <summary>Finds the part of an attribute at which a mistake is reported.</summary>
internal static class AttributeSpans
{
    /// <summary>The argument of a property, else the first positional one, else the attribute.</summary>
    public static Location? Argument(AttributeData attribute, string? property, CancellationToken cancellation)
    {
        if (Syntax(attribute, cancellation) is not { } syntax)
            return null;
        var arguments = syntax.ArgumentList?.Arguments ?? default;
        var found = property is null ? null : arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == property);
        found ??= arguments.FirstOrDefault(a => a.NameEquals is null);
        return (found?.Expression ?? (SyntaxNode)syntax).GetLocation();
    }

    /// <summary>The type argument of a generic attribute.</summary>
    public static Location? TypeArgument(AttributeData attribute, CancellationToken cancellation)
    {
        var syntax = Syntax(attribute, cancellation);
        var list = syntax?.DescendantNodes().OfType<TypeArgumentListSyntax>().FirstOrDefault();
        return (list?.Arguments.FirstOrDefault() ?? (SyntaxNode?)syntax)?.GetLocation();
    }

    /// <summary>One <c>typeof</c> of a property that lists types.</summary>
    public static Location? Listed(AttributeData attribute, string property, int index, CancellationToken cancellation)
    {
        var syntax = Syntax(attribute, cancellation);
        var list = syntax?.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == property)?.Expression;
        var listed = list?.DescendantNodesAndSelf().OfType<TypeOfExpressionSyntax>().ElementAtOrDefault(index);
        return (listed ?? (SyntaxNode?)syntax)?.GetLocation();
    }

    private static AttributeSyntax? Syntax(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
}
