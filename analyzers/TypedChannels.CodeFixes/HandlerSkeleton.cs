using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using TypedChannels.Generators;

namespace TypedChannels.CodeFixes;

/// <summary>
/// A handler for a channel in the class that receives it: a method, and the line that attaches it. That goes where the class attaches its
/// others: into its constructor, else into a server's <c>OnStarting</c>, else into a client's new constructor.
/// </summary>
internal sealed class HandlerSkeleton
{
    private readonly Document _document;
    private readonly TypeDeclarationSyntax _declaration;
    private readonly SyntaxNode? _place;
    private readonly Receiver _receiver;
    private readonly string _method;

    private HandlerSkeleton(Document document, TypeDeclarationSyntax declaration, SyntaxNode? place, Receiver receiver)
    {
        _document = document;
        _declaration = declaration;
        _place = place;
        _receiver = receiver;
        _method = Free("Handle" + receiver.Event.Name.Substring("On".Length), receiver.Type);
    }

    /// <summary>The skeleton, or <see langword="null"/> where the class has no place for it.</summary>
    public static HandlerSkeleton? Find(Solution solution, Receiver receiver, CancellationToken cancellation)
    {
        var parts = receiver.Type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>()
            .Where(part => solution.GetDocument(part.SyntaxTree) is not null and not SourceGeneratedDocument).ToList();
        var place = parts.SelectMany(part => part.Members).FirstOrDefault(IsConstructor)
            ?? parts.SelectMany(part => part.Members).FirstOrDefault(IsOnStarting);
        var declaration = (TypeDeclarationSyntax?)place?.Parent ?? parts.OrderByDescending(p => p.AttributeLists.Count > 0).FirstOrDefault();
        // A constructor of one line, or one in the class's head, leaves a client no place.
        if (declaration is null || (place is null && !receiver.IsServer && receiver.Type.InstanceConstructors.Any(c => !c.IsGenerated())))
            return null;
        return new(solution.GetDocument(declaration.SyntaxTree)!, declaration, place, receiver);
    }

    /// <summary>The solution with the handler.</summary>
    public async Task<Solution> AddAsync(CancellationToken cancellation)
    {
        var model = (await _document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var root = await model.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false);
        var attach = SyntaxFactory.ParseStatement($"{_receiver.Event.Name} += {_method};\n").WithAdditionalAnnotations(Formatter.Annotation);

        var declaration = _declaration;
        if (_place is MethodDeclarationSyntax { ExpressionBody: { } arrow } starting)
        {
            var body = SyntaxFactory.Block(SyntaxFactory.ExpressionStatement(arrow.Expression), attach);
            declaration = declaration.ReplaceNode(
                _place, starting.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body).WithAdditionalAnnotations(Formatter.Annotation));
        }
        else if (_place is BaseMethodDeclarationSyntax { Body: { } block })
        {
            declaration = declaration.ReplaceNode(block, block.AddStatements(attach));
        }
        else
        {
            var nullable = model.GetNullableContext(declaration.SpanStart).AnnotationsEnabled() ? "?" : "";
            declaration = Add(declaration, (_receiver.IsServer
                ? "protected override void OnStarting()\n"
                : $"public {declaration.Identifier.Text}(global::TypedChannels.ClientOptions{nullable} options = null)\n    : base(options)\n")
                + $"{{\n    {_receiver.Event.Name} += {_method};\n}}\n");
        }
        declaration = Add(declaration, Method());
        return _document.WithSyntaxRoot(root.ReplaceNode(_declaration, declaration)).Project.Solution;
    }

    private string Method()
    {
        var names = _receiver.IsServer ? new[] { "connection", "message" } : ["message"];
        var parameters = string.Join(", ", _receiver.Parameters.Zip(names, (type, name) => $"{type.FullName()} {name}"));
        return $"private global::System.Threading.Tasks.ValueTask {_method}({parameters})\n{{\n"
            + "    throw new global::System.NotImplementedException();\n}\n";
    }

    private static TypeDeclarationSyntax Add(TypeDeclarationSyntax declaration, string member)
    {
        var parsed = SyntaxFactory.ParseMemberDeclaration(member)!.WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);
        if (declaration.Members.Count > 0)
            parsed = parsed.WithLeadingTrivia(SyntaxFactory.ElasticLineFeed);
        // `partial class ChatServer;`
        if (declaration.OpenBraceToken.IsMissing || declaration.OpenBraceToken.IsKind(SyntaxKind.None))
        {
            var end = declaration.SemicolonToken.TrailingTrivia;
            declaration = declaration.WithSemicolonToken(default)
                .WithOpenBraceToken(SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(SyntaxFactory.ElasticLineFeed).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed))
                .WithCloseBraceToken(SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(end));
        }
        return declaration.WithMembers(declaration.Members.Add(parsed)).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static bool IsConstructor(MemberDeclarationSyntax member) =>
        member is ConstructorDeclarationSyntax { Body: not null } constructor
        && !constructor.Modifiers.Any(SyntaxKind.StaticKeyword)
        && constructor.Initializer?.ThisOrBaseKeyword.IsKind(SyntaxKind.ThisKeyword) is not true;

    private static bool IsOnStarting(MemberDeclarationSyntax member) =>
        member is MethodDeclarationSyntax { Identifier.ValueText: "OnStarting", ParameterList.Parameters.Count: 0 } method
        && method.Modifiers.Any(SyntaxKind.OverrideKeyword);

    private static string Free(string name, INamedTypeSymbol type) => Enumerable.Range(1, int.MaxValue - 1)
        .Select(i => name + (i == 1 ? "" : i.ToString(CultureInfo.InvariantCulture)) + "Async")
        .First(candidate => type.GetMembers(candidate).IsEmpty);
}
