using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TypedChannels;

/// <summary>RFC 6455 §5.3: byte <c>i</c> of a payload is XORed with byte <c>i mod 4</c> of its key. Masking twice is no masking.</summary>
internal static class Masking
{
    /// <summary>Masks or unmasks in place.</summary>
    /// <param name="payload">A part of a frame's payload.</param>
    /// <param name="key">The masking key, its first byte lowest.</param>
    /// <param name="offset">How many bytes of the frame's payload lie before <paramref name="payload"/>.</param>
    public static void Apply(Span<byte> payload, uint key, long offset)
    {
        if (key == 0)
            return;
        key = BitOperations.RotateRight(key, (int)(offset & 3) * 8);
        if (!BitConverter.IsLittleEndian)
            key = BinaryPrimitives.ReverseEndianness(key);
        ref var start = ref MemoryMarshal.GetReference(payload);
        var length = (nuint)payload.Length;
        nuint i = 0;

        // Every step below is a multiple of 4 bytes, so the key stays in phase.
        if (Vector.IsHardwareAccelerated)
        {
            var keys = Vector.AsVectorByte(new Vector<uint>(key));
            for (; i + (nuint)Vector<byte>.Count <= length; i += (nuint)Vector<byte>.Count)
                (Vector.LoadUnsafe(ref start, i) ^ keys).StoreUnsafe(ref start, i);
        }
        var twoKeys = (ulong)key << 32 | key;
        for (; i + sizeof(ulong) <= length; i += sizeof(ulong))
        {
            ref var at = ref Unsafe.Add(ref start, i);
            Unsafe.WriteUnaligned(ref at, Unsafe.ReadUnaligned<ulong>(ref at) ^ twoKeys);
        }
        var keyBytes = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key));
        for (var rest = 0; i < length; i++, rest++)
            Unsafe.Add(ref start, i) ^= keyBytes[rest & 3];
    }
}
