using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using TypedChannels.Generators;

namespace TypedChannels.CodeFixes;

/// <summary>Edits the arguments of a <c>[Channel]</c>.</summary>
internal static class ChannelArguments
{
    /// <summary>The attribute of a record that stands in the solution, whichever project it is in.</summary>
    public static AttributeSyntax? Find(ITypeSymbol? record, CancellationToken cancellation) =>
        record?.FindAttribute(KnownSymbols.ChannelAttribute)?.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;

    /// <summary>The named argument, or <see langword="null"/>.</summary>
    public static AttributeArgumentSyntax? Argument(this AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == name);

    /// <summary>Sets a named argument, or takes it away.</summary>
    public static async Task<Solution> SetAsync(
        Solution solution, AttributeSyntax attribute, string name, string? value, CancellationToken cancellation)
    {
        if (solution.GetDocument(attribute.SyntaxTree) is not { } document)
            return solution;
        var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        var existing = attribute.Argument(name);
        var expression = value is null ? null : SyntaxFactory.ParseExpression(value).WithAdditionalAnnotations(Simplifier.Annotation);
        if (existing is not null && expression is not null)
            editor.ReplaceNode(existing.Expression, expression.WithTriviaFrom(existing.Expression));
        else if (existing is not null)
            editor.RemoveNode(existing, SyntaxRemoveOptions.KeepNoTrivia);
        else if (expression is not null)
        {
            var argument = SyntaxFactory.AttributeArgument(expression).WithNameEquals(SyntaxFactory.NameEquals(name));
            editor.ReplaceNode(
                attribute, attribute.AddArgumentListArguments(argument.NormalizeWhitespace()).WithAdditionalAnnotations(Formatter.Annotation));
        }
        return editor.GetChangedDocument().Project.Solution;
    }
}
