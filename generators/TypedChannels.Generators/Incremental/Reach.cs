using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>How far a change of some types can be seen: by who mentions them, and by who mentions those in turn.</summary>
internal sealed class Reach
{
    private const string Attribute = "Attribute";

    private readonly HashSet<string> _names;

    private Reach(HashSet<string> names, bool hasAttributes) => (_names, HasAttributes) = (names, hasAttributes);

    /// <summary>Whether a type in it has attributes, whatever they are.</summary>
    public bool HasAttributes { get; }

    /// <summary>Whether types of a simple name are in it.</summary>
    public bool Contains(string name) => _names.Contains(name);

    /// <summary>The reach of a change; <see langword="null"/>: it may reach anything.</summary>
    public static Reach? Of(DeclarationDiff diff, IEnumerable<SyntaxTree> trees, CancellationToken cancellation)
    {
        var mentions = new List<Mention>();
        foreach (var tree in trees)
            mentions.AddRange(Mentions.In(tree, diff.Before(tree)));
        var found = new HashSet<string>(diff.Types.Select(t => t.Identifier.ValueText), StringComparer.Ordinal);
        // In rounds, rather than by an index from names to who mentions them: to make one would be most of what an edit costs.
        var last = found.ToList();
        while (last.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            if (last.Contains(Mentions.Everybody))
                return null;
            var sought = new HashSet<string>(last.Concat(last.Where(IsOfAttribute).Select(Shorten)), StringComparer.Ordinal);
            last = mentions.Where(m => !found.Contains(m.Name) && m.IsOfAny(sought)).Select(m => m.Name).ToList();
            found.UnionWith(last);
        }
        return new(found, mentions.Exists(m => m.HasAttributes && found.Contains(m.Name)));

        static bool IsOfAttribute(string name) => name.EndsWith(Attribute, StringComparison.Ordinal);

        static string Shorten(string name) => name.Substring(0, name.Length - Attribute.Length);
    }
}
