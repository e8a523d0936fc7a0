using System.Buffers;

namespace TypedChannels.Fuzz.Engine;

/// <summary>
/// A pool whose arrays are exactly as long as asked for, so that nothing beyond can be touched, and are spoilt when
/// they come back, so that whoever still reads them is found. It knows which are out. Safe for concurrent use.
/// </summary>
internal sealed class TightPool : ArrayPool<byte>
{
    /// <summary>No byte of valid UTF-8.</summary>
    public const byte Marker = 0xFE;

    private readonly Lock _gate = new();
    private readonly HashSet<byte[]> _out = [];

    /// <summary>Arrays rented and not given back.</summary>
    public int Out
    {
        get
        {
            lock (_gate)
                return _out.Count;
        }
    }

    public override byte[] Rent(int minimumLength)
    {
        var array = new byte[minimumLength];
        array.AsSpan().Fill(Marker);
        lock (_gate)
            _out.Add(array);
        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        lock (_gate)
            Invariant.Holds(_out.Remove(array), "An array was given back twice, or never rented.");
        array.AsSpan().Fill(Marker);
    }
}
