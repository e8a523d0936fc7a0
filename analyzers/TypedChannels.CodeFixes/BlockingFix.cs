using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using TypedChannels.Analyzers;

namespace TypedChannels.CodeFixes;

/// <summary>TCH0042: awaits instead of blocking.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BlockingFix : AwaitingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UsageRules.Blocking.Id);

    private protected override string Title => "Await instead of blocking";

    private protected override ExpressionSyntax? Target(SyntaxNode node) => node.FirstAncestorOrSelf<ExpressionSyntax>();

    private protected override ExpressionSyntax? Awaited(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result", Expression: var task } => task,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait", Expression: var task } } wait
            when wait.ArgumentList.Arguments.Count == 0 => task,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Expression: var awaiter } } =>
            awaiter is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var task } } ? task : null,
        InvocationExpressionSyntax { Expression: var method } call => Name(method) switch
        {
            // The parameters of the two have different names.
            "Sleep" when call.ArgumentList.Arguments.Count == 1 => Call(
                "Delay", call.ArgumentList.ReplaceNode(call.ArgumentList.Arguments[0], Unnamed(call.ArgumentList.Arguments[0]))),
            "WaitAll" => Call("WhenAll", call.ArgumentList),
            _ => null,
        },
        _ => null,
    };

    // With a time limit or a token it is another question.
    private protected override bool IsSame(ExpressionSyntax target, SemanticModel model, CancellationToken cancellation) =>
        target is not InvocationExpressionSyntax { Expression: var method } || Name(method) != "WaitAll"
        || (target.Parent is ExpressionStatementSyntax
            && model.GetSymbolInfo(target, cancellation).Symbol is IMethodSymbol { Parameters.Length: 1 });

    private static ArgumentSyntax Unnamed(ArgumentSyntax argument) => argument.NameColon is null
        ? argument
        : argument.WithNameColon(null).WithLeadingTrivia(argument.GetLeadingTrivia());

    private static string? Name(ExpressionSyntax method) => method switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        IdentifierNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };

    private static InvocationExpressionSyntax Call(string method, ArgumentListSyntax arguments) => SyntaxFactory.InvocationExpression(
        SyntaxFactory.ParseExpression("global::System.Threading.Tasks.Task." + method).WithAdditionalAnnotations(Simplifier.Annotation),
        arguments);
}
