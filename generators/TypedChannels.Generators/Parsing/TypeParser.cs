using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.Generators;

/// <summary>Reads where a class stands, so that another part of it can be declared.</summary>
internal static class TypeParser
{
    public static TypeModel Parse(INamedTypeSymbol type) => Parse(type, type.Name, type.FullName());

    /// <summary>A type beside another one.</summary>
    public static TypeModel ParseSibling(INamedTypeSymbol type, string name)
    {
        var scope = type.ContainingType?.FullName()
            ?? (type.ContainingNamespace.IsGlobalNamespace ? "global::" : type.ContainingNamespace.ToDisplayString(Symbols.Qualified));
        return Parse(type, name, scope + (scope == "global::" ? "" : ".") + Identifiers.Escape(name));
    }

    /// <summary>Reports each declaration, of the type and those around it, that lacks <c>partial</c>.</summary>
    public static bool CheckPartial(INamedTypeSymbol type, Report? report, CancellationToken cancellation)
    {
        var partial = true;
        foreach (var declared in type.Containers().Append(type))
        {
            foreach (var syntax in Declarations(declared, cancellation))
            {
                if (syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
                    continue;
                report?.Invoke("TCH0008", syntax.Identifier.GetLocation(), declared.Name);
                partial = false;
            }
        }
        return partial;
    }

    /// <summary>Whether a part says how accessible the type is; another part must then say the same or nothing.</summary>
    public static bool StatesAccessibility(INamedTypeSymbol type, CancellationToken cancellation) =>
        Declarations(type, cancellation).SelectMany(t => t.Modifiers).Any(m => m.Kind()
            is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.PrivateKeyword);

    private static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>();

    private static TypeModel Parse(INamedTypeSymbol type, string name, string fullName) => new(
        type.ContainingNamespace.IsGlobalNamespace
            ? null
            : type.ContainingNamespace.ToDisplayString(Symbols.Qualified).Substring("global::".Length),
        new(type.Containers().Select(Declare)),
        Identifiers.Escape(name),
        fullName);

    private static string Declare(INamedTypeSymbol type) => "partial " + (type.TypeKind, type.IsRecord) switch
    {
        (TypeKind.Struct, true) => "record struct ",
        (TypeKind.Struct, _) => "struct ",
        (TypeKind.Interface, _) => "interface ",
        (_, true) => "record ",
        _ => "class ",
    } + Identifiers.Escape(type.Name);
}
