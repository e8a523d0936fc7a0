using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.Generators;

/// <summary>
/// Which declarations mention which names, by syntax alone: a type all that stands in it outside of bodies, and the types around it; an
/// alias what it stands for. Names are simple ones, so that it may take two types for one, and never miss one.
/// </summary>
internal sealed class Mentions
{
    private const string Attribute = "Attribute";

    /// <summary>What stands for every declaration: <c>using static</c>, and the assembly's attributes.</summary>
    private const string Everybody = "";

    // A tree never changes, so what it mentions is found once.
    private static readonly ConditionalWeakTable<SyntaxTree, Mentions> s_known = new();

    private readonly List<(string Name, HashSet<string> Mentioned)> _declarations = [];

    private Mentions(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodesAndSelf(static node => !IsBody(node)))
        {
            if (node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
                Add(NameOf(node), node, node.Ancestors().OfType<BaseTypeDeclarationSyntax>().Select(NameOf));
            else if (node is UsingDirectiveSyntax { Alias: { } alias })
                Add(alias.Name.Identifier.ValueText, node, []);
            else if (node is UsingDirectiveSyntax { StaticKeyword.RawKind: not 0 } or AttributeListSyntax { Parent: CompilationUnitSyntax })
                Add(Everybody, node, []);
        }
    }

    /// <summary>The names of types, and of what mentions them however indirectly; <see langword="null"/>: anything may.</summary>
    public static HashSet<string>? Of(IEnumerable<string> types, IEnumerable<SyntaxTree> trees, CancellationToken cancellation)
    {
        var mentioning = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var tree in trees)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (name, mentioned) in s_known.GetValue(tree, static t => new Mentions(t.GetRoot()))._declarations)
            {
                foreach (var other in mentioned)
                {
                    if (!mentioning.TryGetValue(other, out var names))
                        mentioning.Add(other, names = []);
                    names.Add(name);
                }
            }
        }

        var found = new HashSet<string>(types, StringComparer.Ordinal);
        var open = new Queue<string>(found);
        while (open.Count > 0)
        {
            var name = open.Dequeue();
            if (name == Everybody)
                return null;
            foreach (var by in By(name).Concat(name.EndsWith(Attribute, StringComparison.Ordinal)
                ? By(name.Substring(0, name.Length - Attribute.Length))
                : []))
            {
                if (found.Add(by))
                    open.Enqueue(by);
            }
        }
        return found;

        List<string> By(string name) => mentioning.TryGetValue(name, out var names) ? names : [];
    }

    private void Add(string name, SyntaxNode node, IEnumerable<string> around)
    {
        var mentioned = new HashSet<string>(around, StringComparer.Ordinal);
        foreach (var token in node.DescendantTokens(static part => !IsBody(part)))
        {
            if (token.IsKind(SyntaxKind.IdentifierToken))
                mentioned.Add(token.ValueText);
        }
        _declarations.Add((name, mentioned));
    }

    private static string NameOf(SyntaxNode node) =>
        node is DelegateDeclarationSyntax made ? made.Identifier.ValueText : ((BaseTypeDeclarationSyntax)node).Identifier.ValueText;

    private static bool IsBody(SyntaxNode node) => node is BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax;
}
