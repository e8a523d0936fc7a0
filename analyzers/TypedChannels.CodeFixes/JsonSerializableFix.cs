using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using TypedChannels.Analyzers;
using TypedChannels.Generators;

namespace TypedChannels.CodeFixes;

/// <summary>TCH0028: lists the type in the project's own context.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class JsonSerializableFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(JsonRules.NotInContext.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var cancellation = context.CancellationToken;
        var model = await context.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || !context.Diagnostics[0].Properties.TryGetValue(JsonRules.Type, out var name) || name is null
            || Declared(model, context, cancellation) is not { } declared
            // Of dynamic there is no typeof.
            || Parts(declared).FirstOrDefault(part => JsonTypeNames.Display(part) == name) is not { TypeKind: not TypeKind.Dynamic } type
            || Context(model.Compilation)?.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference
            || await reference.GetSyntaxAsync(cancellation).ConfigureAwait(false) is not ClassDeclarationSyntax list
            || context.Document.Project.Solution.GetDocument(list.SyntaxTree) is not { } document)
        {
            return;
        }
        // The type's full name: two of one display are two fixes.
        context.RegisterCodeFix(
            CodeAction.Create(
                $"List '{name}' in '{list.Identifier.ValueText}'",
                token => AddAsync(document, list, type, token),
                $"{nameof(JsonSerializableFix)} {type.FullName()}"),
            context.Diagnostics);
    }

    private static async Task<Solution> AddAsync(
        Document document, ClassDeclarationSyntax list, ITypeSymbol type, CancellationToken cancellation)
    {
        var attribute = SyntaxFactory.Attribute(
            SyntaxFactory.ParseName("global::System.Text.Json.Serialization.JsonSerializable").WithAdditionalAnnotations(Simplifier.Annotation),
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.AttributeArgument(
                SyntaxFactory.TypeOfExpression(SyntaxFactory.ParseTypeName(type.FullName()).WithAdditionalAnnotations(Simplifier.Annotation))))));
        var added = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation);
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var leading = list.GetLeadingTrivia();
        var longer = list.WithoutLeadingTrivia();
        longer = longer.WithAttributeLists(longer.AttributeLists.Insert(0, added)).WithLeadingTrivia(leading);
        return document.WithSyntaxRoot(root.ReplaceNode(list, longer)).Project.Solution;
    }

    private static ITypeSymbol? Declared(SemanticModel model, CodeFixContext context, CancellationToken cancellation)
    {
        var node = model.SyntaxTree.GetRoot(cancellation).FindToken(context.Span.Start).Parent;
        return node?.AncestorsAndSelf().Select(n => model.GetDeclaredSymbol(n, cancellation)).OfType<ISymbol>().FirstOrDefault() switch
        {
            IPropertySymbol property => property.Type,
            IParameterSymbol parameter => parameter.Type,
            IFieldSymbol field => field.Type,
            _ => null,
        };
    }

    /// <summary>A type with all that it is written of: <c>List&lt;object&gt;</c> and <c>object</c>.</summary>
    private static IEnumerable<ITypeSymbol> Parts(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Parts(array.ElementType).Prepend(array),
        INamedTypeSymbol named => named.TypeArguments.SelectMany(Parts).Prepend(named),
        _ => [type],
    };

    private static INamedTypeSymbol? Context(Compilation compilation) =>
        compilation.Assembly.FindAttribute(KnownSymbols.ChannelJsonAttribute)?.Property("Context")?.Value as INamedTypeSymbol;
}
