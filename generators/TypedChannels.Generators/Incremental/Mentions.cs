using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.Generators;

/// <summary>
/// Which declarations of a file mention which names, by syntax alone: a type all that stands in it outside of bodies, and the types around
/// it; an alias what it stands for. Names are simple ones, so that it may take two types for one, and never miss one.
/// </summary>
internal sealed class Mentions
{
    /// <summary>What stands for every declaration: <c>using static</c>, and the assembly's attributes.</summary>
    public const string Everybody = "";

    // A tree never changes, so what it mentions is found once.
    private static readonly ConditionalWeakTable<SyntaxTree, Mentions> s_known = new();

    private readonly List<(SyntaxNode Node, Mention[] Found)> _parts = [];
    private readonly Mention[] _all;

    private Mentions(SyntaxNode root, Mentions? before)
    {
        foreach (var node in root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax))
        {
            if (node is not (BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or UsingDirectiveSyntax or AttributeListSyntax))
                continue;
            // Of what has been typed in, most parts are those of the version before.
            var known = before is not null && before._parts.Count > _parts.Count ? before._parts[_parts.Count] : default;
            _parts.Add((node, known.Node?.IsIncrementallyIdenticalTo(node) == true ? known.Found : Find(node)));
        }
        _all = _parts.SelectMany(part => part.Found).ToArray();
    }

    /// <summary>What a file's declarations mention.</summary>
    /// <param name="tree">The file.</param>
    /// <param name="before">The file before it was edited, if there was such a one.</param>
    public static Mention[] In(SyntaxTree tree, SyntaxTree? before)
    {
        if (!s_known.TryGetValue(tree, out var mentions))
        {
            var known = before is not null && s_known.TryGetValue(before, out var old) ? old : null;
            mentions = s_known.GetValue(tree, t => new Mentions(t.GetRoot(), known));
        }
        return mentions._all;
    }

    private static Mention[] Find(SyntaxNode part) => part switch
    {
        UsingDirectiveSyntax { Alias: { } alias } => [new(alias.Name.Identifier.ValueText, part, [])],
        UsingDirectiveSyntax { StaticKeyword.RawKind: not 0 } or AttributeListSyntax => [new(Everybody, part, [])],
        UsingDirectiveSyntax => [],
        _ => part.DescendantNodesAndSelf(static node => !Mention.IsBody(node))
            .Where(static node => (node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax) && !EditFacts.IsExtensionBlock(node))
            .Select(static node => new Mention(NameOf(node), node, node.Ancestors().OfType<BaseTypeDeclarationSyntax>().Select(NameOf)))
            .ToArray(),
    };

    private static string NameOf(SyntaxNode node) =>
        node is DelegateDeclarationSyntax made ? made.Identifier.ValueText : ((BaseTypeDeclarationSyntax)node).Identifier.ValueText;
}

/// <summary>A declaration, and the names that it mentions.</summary>
internal sealed class Mention
{
    private readonly HashSet<string> _mentioned;

    public Mention(string name, SyntaxNode node, IEnumerable<string> around)
    {
        Name = name;
        HasAttributes = node is BaseTypeDeclarationSyntax { AttributeLists.Count: > 0 };
        _mentioned = new(around, StringComparer.Ordinal);
        foreach (var token in node.DescendantTokens(static part => !IsBody(part)))
        {
            if (token.IsKind(SyntaxKind.IdentifierToken))
                _mentioned.Add(token.ValueText);
        }
    }

    public string Name { get; }

    public bool HasAttributes { get; }

    /// <summary>Whether it mentions one of the names.</summary>
    public bool IsOfAny(HashSet<string> names)
    {
        var (few, many) = names.Count < _mentioned.Count ? (names, _mentioned) : (_mentioned, names);
        foreach (var name in few)
        {
            if (many.Contains(name))
                return true;
        }
        return false;
    }

    public static bool IsBody(SyntaxNode node) => node is BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax;
}
