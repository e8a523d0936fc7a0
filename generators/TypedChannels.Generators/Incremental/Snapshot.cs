using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Generators;

/// <summary>
/// What one compilation declares, and what was made of it. It holds syntax, options and references; the compilation only until it has been
/// parsed, which is in the run that brought it.
/// </summary>
internal sealed class Snapshot(Compilation current, string? rootNamespace) : IEquatable<Snapshot>
{
    private readonly string? _assemblyName = current.AssemblyName;
    private readonly CompilationOptions _options = current.Options;
    private readonly ImmutableArray<MetadataReference> _references = current.ExternalReferences;
    private ImmutableArray<SyntaxTree> _trees = ((CSharpCompilation)current).SyntaxTrees;
    private Compilation? _compilation = current;
    private ProjectModel? _project;

    // What the one before has found, and what has changed since.
    private ProjectModel? _previous;
    private DeclarationDiff? _diff;

    /// <summary>Everything that is generated from.</summary>
    public ProjectModel Parse(CancellationToken cancellation)
    {
        // Read first and written last: two runs that share this may parse at once. Without it there is the project.
        var compilation = Volatile.Read(ref _compilation);
        if (_project is { } known)
            return known;
        var (previous, diff) = (_previous, _diff);
        var project = (previous is null || diff is null ? null : ProjectParser.ParseAgain(previous, diff, compilation!, rootNamespace, cancellation))
            ?? ProjectParser.Parse(compilation!, rootNamespace, cancellation);
        (_project, _previous, _diff) = (project, null, null);
        Volatile.Write(ref _compilation, null);
        return project;
    }

    /// <summary>What other declarations there are than in an earlier one.</summary>
    public DeclarationDiff Since(Snapshot before)
    {
        var diff = new DeclarationDiff();
        if (rootNamespace != before.RootNamespace || _assemblyName != before._assemblyName || !_options.Equals(before._options)
            || !HasReferencesOf(before) || _trees.Length != before._trees.Length)
        {
            diff.IsEverything = true;
            return diff;
        }
        for (var i = 0; i < _trees.Length && !diff.IsEverything; i++)
            diff.Compare(before._trees[i], _trees[i]);
        return diff;
    }

    /// <summary>Lets what was found before stand where nothing has changed.</summary>
    public void Continue(Snapshot before, DeclarationDiff diff)
    {
        if (!diff.IsEverything)
            (_previous, _diff) = (before._project, diff);
    }

    /// <summary>
    /// Takes the trees of a later one that declares the same, so that the next edit is compared with its own predecessor, of which it shares
    /// most nodes, and no old tree is kept.
    /// </summary>
    public void TakeTrees(Snapshot after) => _trees = after._trees;

    /// <summary>Whether both declare the same.</summary>
    public bool Equals(Snapshot? other) => other is not null && Since(other).IsEmpty;

    public override bool Equals(object? obj) => obj is Snapshot other && Equals(other);

    public override int GetHashCode() => _trees.Length;

    private string? RootNamespace => rootNamespace;

    private bool HasReferencesOf(Snapshot before) =>
        _references == before._references || ((IEnumerable<object>)_references).SequenceEqual(before._references, ReferenceComparer.Instance);
}
