using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.CodeFixes;

/// <summary>Adds modifiers to declarations, and leaves comments and white space where they are.</summary>
internal static class Modifiers
{
    public static MemberDeclarationSyntax WithModifier(this MemberDeclarationSyntax member, SyntaxKind modifier) =>
        (MemberDeclarationSyntax)Add(member, member.Modifiers, modifier, (m, modifiers) => m.WithModifiers(modifiers));

    public static LocalFunctionStatementSyntax WithModifier(this LocalFunctionStatementSyntax function, SyntaxKind modifier) =>
        Add(function, function.Modifiers, modifier, (f, modifiers) => f.WithModifiers(modifiers));

    public static AnonymousFunctionExpressionSyntax WithModifier(this AnonymousFunctionExpressionSyntax lambda, SyntaxKind modifier) =>
        Add(lambda, lambda.Modifiers, modifier, (l, modifiers) => l.WithModifiers(modifiers));

    private delegate T Set<T>(T node, SyntaxTokenList modifiers);

    private static T Add<T>(T node, SyntaxTokenList modifiers, SyntaxKind modifier, Set<T> set)
        where T : SyntaxNode
    {
        var token = SyntaxFactory.Token(modifier).WithTrailingTrivia(SyntaxFactory.Space);
        if (modifiers.Count > 0)
            return set(node, modifiers.Add(token));
        // Attributes keep the comments before them; what follows them may stand in a line of its own.
        if (node is MemberDeclarationSyntax { AttributeLists: { Count: > 0 } attributes })
        {
            var next = attributes[attributes.Count - 1].GetLastToken().GetNextToken();
            return set(node.ReplaceToken(next, next.WithLeadingTrivia()), SyntaxFactory.TokenList(token.WithLeadingTrivia(next.LeadingTrivia)));
        }
        var leading = node.GetLeadingTrivia();
        return set(node.WithoutLeadingTrivia(), SyntaxFactory.TokenList(token)).WithLeadingTrivia(leading);
    }
}
