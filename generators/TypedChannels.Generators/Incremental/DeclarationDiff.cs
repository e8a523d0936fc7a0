using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.Generators;

/// <summary>
/// What has changed between the declarations of two versions of a project's files: nothing, the inside of some types, or anything. The
/// parser reads symbols, doc comments and paths; nothing that it reads of a symbol depends on a body, nor on the initial value of what is no
/// constant.
/// </summary>
internal sealed class DeclarationDiff
{
    private readonly List<TypeDeclarationSyntax> _types = [];
    private readonly Dictionary<SyntaxTree, SyntaxTree> _edited = [];

    /// <summary>
    /// The types, as they are now, of which neither the name and its modifiers have changed, nor the types and constants in them, but
    /// something else. Only who mentions such a type, or one that does, can see it.
    /// </summary>
    public IReadOnlyList<TypeDeclarationSyntax> Types => _types;

    /// <summary>Whether something has changed that anybody may see.</summary>
    public bool IsEverything { get; set; }

    public bool IsEmpty => !IsEverything && _types.Count == 0;

    /// <summary>What an edited file was before; <see langword="null"/>: the file is as it was.</summary>
    public SyntaxTree? Before(SyntaxTree after) => _edited.TryGetValue(after, out var before) ? before : null;

    public void Compare(SyntaxTree before, SyntaxTree after)
    {
        if (before == after)
            return;
        _edited.Add(after, before);
        var (was, now) = (before.GetRoot(), after.GetRoot());
        if (before.FilePath != after.FilePath || !before.Options.Equals(after.Options)
            || EditFacts.IsMarkedAsGenerated(was) != EditFacts.IsMarkedAsGenerated(now)
            || EditFacts.HasSkippedDirectives(was) || EditFacts.HasSkippedDirectives(now)
            || !Outline(was).SequenceEqual(Outline(now)))
        {
            IsEverything = true;
            return;
        }
        try
        {
            CompareScopes(was, now);
        }
        catch (InsufficientExecutionStackException)
        {
            // A constant of thousands of terms, which the compiler takes.
            IsEverything = true;
        }
    }

    /// <summary>Which <c>#nullable</c> stands before which type.</summary>
    private static IEnumerable<string> Outline(SyntaxNode root) =>
        root.DescendantNodes(static node => node.ContainsDirectives, descendIntoTrivia: true)
            .Where(static node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or NullableDirectiveTriviaSyntax)
            .Select(static node => node is NullableDirectiveTriviaSyntax ? node.ToString() : "type");

    private void CompareScopes(SyntaxNode before, SyntaxNode after)
    {
        var (was, now) = (new DeclarationParts(before), new DeclarationParts(after));
        // Of top-level statements count whether there are any, for they make a class, and what they declare: attributes see that.
        if (!AreSame(was.Head, now.Head) || was.Types.Count != now.Types.Count
            || was.Statements.Count > 0 != now.Statements.Count > 0 || !HaveSameDirectives(was.Statements, now.Statements)
            || !EditFacts.DeclaredNames(was.Statements).SequenceEqual(EditFacts.DeclaredNames(now.Statements)))
        {
            IsEverything = true;
        }
        for (var i = 0; i < was.Types.Count && !IsEverything; i++)
            CompareDeclarations(was.Types[i], now.Types[i]);
    }

    private void CompareDeclarations(SyntaxNodeOrToken before, SyntaxNodeOrToken after)
    {
        if (before.IsIncrementallyIdenticalTo(after))
            return;
        var (was, now) = (before.AsNode()!, after.AsNode()!);
        if (was is BaseNamespaceDeclarationSyntax && was.RawKind == now.RawKind)
            CompareScopes(was, now);
        else if (was is TypeDeclarationSyntax && now is TypeDeclarationSyntax type && was.RawKind == now.RawKind)
            CompareTypes(was, type);
        else if (!IsSame(before, after))
            IsEverything = true;
    }

    private void CompareTypes(SyntaxNode before, TypeDeclarationSyntax after)
    {
        var (was, now) = (new DeclarationParts(before), new DeclarationParts(after));
        if (!AreSame(was.Head, now.Head, withComments: false) || was.Types.Count != now.Types.Count
            || !AreSame(was.Constants, now.Constants))
        {
            IsEverything = true;
        }
        for (var i = 0; i < was.Types.Count && !IsEverything; i++)
            CompareDeclarations(was.Types[i], now.Types[i]);
        if (!IsEverything && (DocComments.Text(before) != DocComments.Text(after) || !AreSame(was.Inside, now.Inside))
            && HaveSameDirectives(was.Inside, now.Inside))
        {
            _types.Add(after);
        }
    }

    private bool AreSame(IReadOnlyList<SyntaxNodeOrToken> before, IReadOnlyList<SyntaxNodeOrToken> after, bool withComments = true)
    {
        if (before.Count != after.Count)
            return false;
        for (var i = 0; i < before.Count; i++)
        {
            if (!IsSame(before[i], after[i], withComments))
                return false;
        }
        return true;
    }

    private bool IsSame(SyntaxNodeOrToken before, SyntaxNodeOrToken after, bool withComments = true)
    {
        if (before.IsIncrementallyIdenticalTo(after))
            return true;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (before.RawKind != after.RawKind)
            return false;
        if (before.IsToken)
            return IsSame(before.AsToken(), after.AsToken(), withComments);
        return IsUnread(before.AsNode()!) && IsUnread(after.AsNode()!)
            ? HaveSameDirectives([before], [after]) && EditFacts.UsesField(before.AsNode()!) == EditFacts.UsesField(after.AsNode()!)
            : AreSame(before.ChildNodesAndTokens(), after.ChildNodesAndTokens(), withComments);
    }

    private bool IsSame(SyntaxToken before, SyntaxToken after, bool withComments)
    {
        if (Directives(before.LeadingTrivia).SequenceEqual(Directives(after.LeadingTrivia)))
            return before.Text == after.Text && (!withComments || DocComments.Text(before.LeadingTrivia) == DocComments.Text(after.LeadingTrivia));
        // They count for all that follows.
        IsEverything = true;
        return false;
    }

    /// <summary>A body, or the initial value of a property, or of a field that is no constant.</summary>
    private static bool IsUnread(SyntaxNode node) => node switch
    {
        BlockSyntax or ArrowExpressionClauseSyntax => true,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax } => true,
        EqualsValueClauseSyntax { Parent.Parent.Parent: FieldDeclarationSyntax field } => !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        _ => false,
    };

    private bool HaveSameDirectives(IReadOnlyList<SyntaxNodeOrToken> before, IReadOnlyList<SyntaxNodeOrToken> after)
    {
        if (All(before).SequenceEqual(All(after)))
            return true;
        IsEverything = true;
        return false;

        static IEnumerable<string> All(IEnumerable<SyntaxNodeOrToken> parts) =>
            parts.Where(part => part.ContainsDirectives).SelectMany(part => Directives(part.AsNode()!.DescendantTrivia()));
    }

    /// <summary>Of all directives only these change what a declaration means that stands as it is.</summary>
    private static IEnumerable<string> Directives(IEnumerable<SyntaxTrivia> trivia) =>
        trivia.Where(t => t.IsKind(SyntaxKind.NullableDirectiveTrivia)).Select(t => t.ToString());
}
