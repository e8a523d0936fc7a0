using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

#pragma warning disable CA1051, CA1822 // Fields, and getters of nothing, are the subject.

namespace TypedChannels.Json.Tests.Corpus;

/// <summary>What System.Text.Json writes, and cannot read.</summary>
[Channel("beyond")]
public sealed record Beyond(
    ReadOnlyCollection<int> A, FrozenSet<string> B, FrozenDictionary<int, string> C, ConcurrentBag<int> D, ReadOnlyDictionary<string, int> E, ReadOnlySet<int>? F);

[Channel("included getter")]
public sealed class IncludedGetter
{
    [JsonInclude]
    public int A => 5;

    [JsonInclude]
    public readonly int B = 6;
}

[Channel("finite")]
public sealed record Finite(double A, float B, Half C, double[]? D = null, Dictionary<double, int>? E = null);

/// <summary>Counts how often it is made, or asked for.</summary>
[Channel("counting")]
public sealed class Counting
{
    [ThreadStatic]
    private static int made;

    public Counting(int a)
    {
        made++;
        ArgumentOutOfRangeException.ThrowIfNegative(a);
        A = a;
    }

    [JsonIgnore]
    public static int Made => made;

    public int A { get; }
}
