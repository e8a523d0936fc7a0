using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace TypedChannels.Generators;

/// <summary>Merges the graphs of an assembly's records into one context, and gives each type a property of its own.</summary>
internal static class JsonContextBuilder
{
    /// <summary>The names that a context has already. A type of such a name gets its qualified one.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "Default", "Options", "GeneratedSerializerOptions", "GetTypeInfo", "AssociateWithOptions",
        "Equals", "ReferenceEquals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize",
    };

    /// <summary>
    /// The types stay in the order in which they were found: an incremental pipeline compares by position, so
    /// a record in a new file leaves the files of the others cached. The names do not depend on that order.
    /// </summary>
    public static JsonContextModel Merge(IEnumerable<JsonGraph> graphs, string? contextNamespace, string contextName)
    {
        var all = graphs.ToList();
        var types = all.SelectMany(graph => graph.Types)
            .GroupBy(type => type.FullName, StringComparer.Ordinal)
            // One that only a member's own converter reads may be a type like any other elsewhere.
            .Select(same => same.FirstOrDefault(type => type.Kind != JsonTypeKind.Unsupported) ?? same.First())
            .ToList();

        // All that would like the same name get their qualified ones, so that none changes its meaning when another comes.
        var wanted = types.GroupBy(type => type.PropertyName, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Count(), StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var files = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var named = types.OrderBy(type => type.FullName, StringComparer.Ordinal).Select(Name)
            .ToDictionary(type => type.FullName, StringComparer.Ordinal);
        return new JsonContextModel(
            contextNamespace,
            contextName,
            new EquatableArray<JsonTypeModel>(types.Select(type => named[type.FullName])),
            all.Count > 0 ? all[0].Settings.NamingPolicy : JsonSettings.Default.NamingPolicy,
            all.Count > 0 ? all[0].Settings.UserContext : null);

        JsonTypeModel Name(JsonTypeModel type)
        {
            var free = wanted[type.PropertyName] == 1 && !IsReserved(type.PropertyName);
            var name = Unique(
                free ? type.PropertyName : type.QualifiedName,
                candidate => !IsReserved(candidate) && (free || !wanted.ContainsKey(candidate)) && names.Add(candidate));
            return type with { PropertyName = name, HintName = Unique(FileName(name), files.Add) };
        }

        // The private members of the context begin with two underscores.
        bool IsReserved(string name) => name == contextName || Reserved.Contains(name) || name.StartsWith("__", StringComparison.Ordinal);
    }

    private static string Unique(string name, Func<string, bool> take)
    {
        if (name.StartsWith("__", StringComparison.Ordinal))
            name = "Type" + name;
        var candidate = name;
        for (var i = 2; !take(candidate); i++)
            candidate = name + "_" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return candidate;
    }

    /// <summary>Identifiers may have letters that a generated file's name may not.</summary>
    private static string FileName(string name)
    {
        var result = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (letter < 128)
                result.Append(letter);
            else
                result.Append('u').Append(((int)letter).ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
        }

        return result.ToString();
    }
}
