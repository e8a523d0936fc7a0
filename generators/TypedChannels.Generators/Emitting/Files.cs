using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace TypedChannels.Generators;

/// <summary>
/// Puts what is printed into files: each part has one of its own, or, of many, shares one. For at each edit the compiler goes over all
/// files, cached or not, and compares each one's name with all others': with 2,500 of them that takes 12 ms, with 100 half a millisecond.
/// </summary>
internal static class Files
{
    /// <summary>The most files of one kind. As long as there are not more, another part leaves the files of the others alone.</summary>
    public const int Max = 32;

    /// <param name="prefix">What the shared files are called, before their number.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="hintName">What each one's own file is called.</param>
    public static IEnumerable<FileModel<T>> Of<T>(string prefix, IReadOnlyCollection<T> parts, Func<T, string> hintName)
        where T : IEquatable<T> =>
        parts.Count <= Max
            ? parts.Select(part => new FileModel<T>(hintName(part), new([part])))
            // By its name alone, so that a part stays where it is when another comes.
            : parts.GroupBy(part => Identifiers.HashCode(hintName(part)) % Max).OrderBy(file => file.Key).Select(file => new FileModel<T>(
                prefix + "." + file.Key.ToString(CultureInfo.InvariantCulture) + ".g.cs",
                new(file.OrderBy(hintName, StringComparer.Ordinal))));

    /// <summary>Each part is printed as a whole file is: its directives hold until the next one's.</summary>
    public static SourceText Print<T>(FileModel<T> file, Func<T, string> print)
        where T : IEquatable<T> =>
        SourceText.From(string.Join("\n", file.Parts.Select(print)), Encoding.UTF8);
}
