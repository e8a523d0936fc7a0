using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace TypedChannels.Generators;

/// <summary>Names of generated files. Roslyn refuses all output when two differ only in case, or one has an unusual character.</summary>
internal static class HintNames
{
    /// <summary>How the names of other files begin, or are.</summary>
    private static readonly string[] Taken = ["Channel", "Codec", "Server", "Connection", "Client", "ChannelContract", "ChannelManifest"];

    public static string For(string kind, string name, EquatableArray<string> clashing)
    {
        var hint = new StringBuilder(kind).Append('.');
        var start = name.StartsWith("global::", StringComparison.Ordinal) ? "global::".Length : 0;
        foreach (var c in name.Skip(start))
        {
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '_')
                hint.Append(c);
            else if (c != '@')
                hint.Append('-').Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }
        if (clashing.Contains(name))
            hint.Append('-').Append(Identifiers.Hash(name));
        return hint.Append(".g.cs").ToString();
    }

    /// <summary>What the names of the JSON context's files begin with.</summary>
    public static string ForContext(string contextName) =>
        Taken.Contains(contextName, StringComparer.OrdinalIgnoreCase) ? "Json." + contextName : contextName;

    /// <summary>Those names that another one equals but for the case, sorted.</summary>
    public static EquatableArray<string> Clashing(IEnumerable<string> names) =>
        new(names.Distinct(StringComparer.Ordinal)
            .GroupBy(n => n, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Count() > 1)
            .SelectMany(g => g)
            .OrderBy(n => n, StringComparer.Ordinal));
}
