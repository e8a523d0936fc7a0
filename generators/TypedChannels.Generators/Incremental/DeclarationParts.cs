using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.Generators;

/// <summary>What a file, a namespace or a type is made of, by how far a change of it reaches.</summary>
internal sealed class DeclarationParts
{
    public DeclarationParts(SyntaxNode declaration)
    {
        foreach (var part in declaration.ChildNodesAndTokens())
            (declaration is TypeDeclarationSyntax ? OfType(part.AsNode()) : OfScope(part.AsNode())).Add(part);
    }

    /// <summary>By what it is found, and usings, directives and all else that others may see by.</summary>
    public List<SyntaxNodeOrToken> Head { get; } = [];

    /// <summary>Namespaces and types.</summary>
    public List<SyntaxNodeOrToken> Types { get; } = [];

    /// <summary>A type's constants, which may stand in attributes and defaults anywhere.</summary>
    public List<SyntaxNodeOrToken> Constants { get; } = [];

    /// <summary>What else is in a type: attributes, parameters, bases, members.</summary>
    public List<SyntaxNodeOrToken> Inside { get; } = [];

    /// <summary>Top-level statements.</summary>
    public List<SyntaxNodeOrToken> Statements { get; } = [];

    private List<SyntaxNodeOrToken> OfScope(SyntaxNode? part) => part switch
    {
        GlobalStatementSyntax => Statements,
        MemberDeclarationSyntax => Types,
        _ => Head,
    };

    private List<SyntaxNodeOrToken> OfType(SyntaxNode? part) => part switch
    {
        not null when EditFacts.IsExtensionBlock(part) => Inside,
        BaseTypeDeclarationSyntax or DelegateDeclarationSyntax => Types,
        FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.ConstKeyword) => Constants,
        MemberDeclarationSyntax or AttributeListSyntax or ParameterListSyntax or BaseListSyntax => Inside,
        _ => Head,
    };
}
