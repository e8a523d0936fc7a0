using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace TypedChannels.Generators;

/// <summary>
/// Says of each new compilation whether it declares what the last one did; then no further step runs. If it does not, the new snapshot is
/// told what has changed: a step of its own could not, since none sees what was there before.
/// </summary>
internal sealed class SnapshotComparer : IEqualityComparer<Snapshot>
{
    public static SnapshotComparer Instance { get; } = new();

    public bool Equals(Snapshot before, Snapshot after)
    {
        var diff = after.Since(before);
        if (diff.IsEmpty)
            before.TakeTrees(after);
        else
            after.Continue(before, diff);
        return diff.IsEmpty;
    }

    public int GetHashCode(Snapshot snapshot) => snapshot.GetHashCode();
}

/// <summary>References are the same only if they are the same object: what else could tell would have to read them.</summary>
internal sealed class ReferenceComparer : IEqualityComparer<object>
{
    public static ReferenceComparer Instance { get; } = new();

    bool IEqualityComparer<object>.Equals(object? one, object? other) => ReferenceEquals(one, other);

    int IEqualityComparer<object>.GetHashCode(object item) => RuntimeHelpers.GetHashCode(item);
}
