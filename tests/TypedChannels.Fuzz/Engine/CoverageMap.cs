using System.Reflection;
using System.Runtime.InteropServices;

namespace TypedChannels.Fuzz.Engine;

/// <summary>Which branches of the instrumented code a run took, and how often: one counter for each of 65,536 edges.</summary>
internal sealed unsafe class CoverageMap
{
    private const int Size = 1 << 16;

    // By name: an assembly that refers to these counters is taken to be instrumented already.
    private static readonly Type Trace = Type.GetType("SharpFuzz.Common.Trace, SharpFuzz.Common", throwOnError: true)!;
    private static readonly FieldInfo LastPlace = Trace.GetField("PrevLocation")!;

    private readonly byte* _counters;
    private readonly byte[] _seen = new byte[Size];

    /// <summary>Must be made before any instrumented code runs.</summary>
    public CoverageMap()
    {
        _counters = (byte*)NativeMemory.AllocZeroed(Size);
        Trace.GetField("SharedMem")!.SetValue(null, Pointer.Box(_counters, typeof(byte*)));
    }

    /// <summary>Edges seen so far.</summary>
    public int EdgeCount { get; private set; }

    public void Clear()
    {
        new Span<byte>(_counters, Size).Clear();
        LastPlace.SetValue(null, 0);
    }

    /// <summary>Whether the run since <see cref="Clear"/> took a new edge, or one more often than ever, by powers of two.</summary>
    public bool AddNew()
    {
        var found = false;
        var words = new ReadOnlySpan<ulong>(_counters, Size / sizeof(ulong));
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] == 0)
                continue;
            for (var edge = i * sizeof(ulong); edge < (i + 1) * sizeof(ulong); edge++)
                found |= Add(edge);
        }
        return found;
    }

    private bool Add(int edge)
    {
        var count = _counters[edge];
        if (count == 0)
            return false;
        var bit = (byte)(1 << Math.Min(7, (int)double.Log2(count)));
        if ((_seen[edge] & bit) != 0)
            return false;
        if (_seen[edge] == 0)
            EdgeCount++;
        _seen[edge] |= bit;
        return true;
    }
}
