using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;
using TypedChannels.Analyzers;
using TypedChannels.Generators;

namespace TypedChannels.CodeFixes;

/// <summary>TCH0047: passes the type info of the generated context.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ReflectedJsonFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UsageRules.ReflectedJson.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var cancellation = context.CancellationToken;
        var model = await context.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var root = model?.SyntaxTree.GetRoot(cancellation);
        if (model is null || root?.FindNode(context.Span, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call
            || model.GetOperation(call, cancellation) is not IInvocationOperation operation
            || operation.TargetMethod.TypeArguments.FirstOrDefault() is not INamedTypeSymbol record
            || TypeInfo(record, model.Compilation) is not { } typeInfo)
        {
            return;
        }
        context.RegisterCodeFix(
            CodeAction.Create(
                $"Pass '{typeInfo.ContainingType.Name}.Default.{typeInfo.Name}'",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(call, WithTypeInfo(call, operation, typeInfo)))),
                nameof(ReflectedJsonFix)),
            context.Diagnostics);
    }

    /// <summary>The property of the generated context that describes the record.</summary>
    private static IPropertySymbol? TypeInfo(INamedTypeSymbol record, Compilation compilation) =>
        ContractReferences.Types(record.ContainingAssembly.GlobalNamespace)
            .Where(type => type.BaseType is { Name: "JsonSerializerContext" } && type.IsGenerated()
                && compilation.IsSymbolAccessibleWithin(type, compilation.Assembly))
            .SelectMany(type => type.GetMembers().OfType<IPropertySymbol>())
            .FirstOrDefault(property => property.Type is INamedTypeSymbol { Name: "JsonTypeInfo", TypeArguments: { Length: 1 } described }
                && SymbolEqualityComparer.Default.Equals(described[0], record));

    private static InvocationExpressionSyntax WithTypeInfo(InvocationExpressionSyntax call, IInvocationOperation operation, IPropertySymbol typeInfo)
    {
        var expression = SyntaxFactory.ParseExpression($"{typeInfo.ContainingType.FullName()}.Default.{Identifiers.Escape(typeInfo.Name)}")
            .WithAdditionalAnnotations(Simplifier.Annotation);
        var options = operation.Arguments.FirstOrDefault(a => a.Parameter?.Type.Name == "JsonSerializerOptions");
        var arguments = call.ArgumentList.Arguments;
        if (options is { ArgumentKind: ArgumentKind.Explicit, Syntax: ArgumentSyntax given })
        {
            return call.ReplaceNode(
                given, given.WithExpression(expression).WithNameColon(given.NameColon is null ? null : SyntaxFactory.NameColon("jsonTypeInfo")));
        }
        var index = options?.Parameter?.Ordinal ?? arguments.Count;
        var isNext = index <= arguments.Count && arguments.Take(index).All(a => a.NameColon is null);
        var argument = isNext ? SyntaxFactory.Argument(expression) : SyntaxFactory.Argument(expression).WithNameColon(SyntaxFactory.NameColon("jsonTypeInfo"));
        return call.WithArgumentList(call.ArgumentList.WithArguments(arguments.Insert(isNext ? index : arguments.Count, argument)));
    }
}
