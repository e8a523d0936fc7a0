using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.CodeFixes;

/// <summary>Finds what is said beside the code: comments and directives.</summary>
internal static class Said
{
    public static bool IsSaid(this SyntaxTrivia trivia) =>
        !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia);

    public static bool IsSaid(this IEnumerable<SyntaxTrivia> trivia) => trivia.Any(t => t.IsSaid());

    /// <summary>Whether the same is said in both, and each as often.</summary>
    public static bool IsSame(SyntaxNode before, SyntaxNode after) => In(before).SequenceEqual(In(after));

    private static IEnumerable<string> In(SyntaxNode node) =>
        node.DescendantTrivia().Where(t => t.IsSaid()).Select(t => t.ToFullString()).OrderBy(text => text, System.StringComparer.Ordinal);
}
