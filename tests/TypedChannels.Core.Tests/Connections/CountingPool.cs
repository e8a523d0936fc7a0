using System.Buffers;

namespace TypedChannels.Tests.Connections;

/// <summary>A pool that knows how many of its arrays are out, and hands each out full of a marker that must never reach a peer.</summary>
internal sealed class CountingPool : ArrayPool<byte>
{
    /// <summary>No byte of valid UTF-8.</summary>
    public const byte Marker = 0xFE;

    private int _out;

    /// <summary>Arrays rented and not given back.</summary>
    public int Out => Volatile.Read(ref _out);

    public override byte[] Rent(int minimumLength)
    {
        Interlocked.Increment(ref _out);
        var array = Shared.Rent(minimumLength);
        array.AsSpan().Fill(Marker);
        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        Assert.True(Interlocked.Decrement(ref _out) >= 0, "An array was given back more often than it was rented.");
        Shared.Return(array, clearArray);
    }
}
