using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TypedChannels;

/// <summary>A frame's header (RFC 6455 §5.2), or as much of it as the bytes received so far tell.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct FrameHeader
{
    /// <summary>Two bytes, eight of length, four of masking key.</summary>
    public const int MaxByteCount = 14;

    private const byte FinalBit = 0x80, ReservedBitsMask = 0x30, DeflatedBit = 0x40, OpcodeMask = 0x0F, MaskBit = 0x80, LengthMask = 0x7F;
    private const byte Length16 = 126, Length64 = 127;

    private readonly byte _first;
    private readonly byte _second;

    /// <summary>Reads a header from the front of <paramref name="bytes"/>: at least one byte, and any number after it.</summary>
    public FrameHeader(ReadOnlySpan<byte> bytes)
    {
        _first = bytes[0];
        MostPayloadBytes = ulong.MaxValue;
        ByteCount = 2;
        if (bytes.Length < 2)
            return;
        _second = bytes[1];
        HasSecondByte = true;
        var maskByteCount = IsMasked ? 4 : 0;
        var lengthByteCount = LengthByteCount;
        ByteCount = 2 + lengthByteCount + maskByteCount;
        bytes = bytes[2..];
        switch (lengthByteCount)
        {
            case 0:
                LeastPayloadBytes = MostPayloadBytes = (ulong)(_second & LengthMask);
                break;
            case 2 when bytes.Length >= 2:
                LeastPayloadBytes = MostPayloadBytes = BinaryPrimitives.ReadUInt16BigEndian(bytes);
                break;
            case 8 when bytes.Length >= 8:
                LeastPayloadBytes = MostPayloadBytes = BinaryPrimitives.ReadUInt64BigEndian(bytes);
                break;
            default:
                (LeastPayloadBytes, MostPayloadBytes) = Range(bytes, lengthByteCount);
                return;
        }
        bytes = bytes[lengthByteCount..];
        if (bytes.Length < maskByteCount)
            return;
        MaskingKey = IsMasked ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;
        IsComplete = true;
    }

    /// <summary>Whether all <see cref="ByteCount"/> bytes were there.</summary>
    public bool IsComplete { get; }

    public bool IsFinal => (_first & FinalBit) != 0;

    /// <summary>Whether a bit is set that no extension which the product knows gives a meaning.</summary>
    public bool HasReservedBits => (_first & ReservedBitsMask) != 0;

    /// <summary>RFC 7692 §6: RSV1 on a message's first frame says that the message is compressed.</summary>
    public bool IsDeflated => (_first & DeflatedBit) != 0;

    public Opcode Opcode => (Opcode)(_first & OpcodeMask);

    public bool HasSecondByte { get; }

    /// <summary>Meaningless before <see cref="HasSecondByte"/>.</summary>
    public bool IsMasked => (_second & MaskBit) != 0;

    /// <summary>Bytes of the whole header, as far as is known.</summary>
    public int ByteCount { get; }

    /// <summary>The payload's length, or the least that it can still become while its bytes are incomplete.</summary>
    public ulong LeastPayloadBytes { get; }

    /// <summary>The payload's length, or the most that it can still become.</summary>
    public ulong MostPayloadBytes { get; }

    /// <summary>The key with its first byte lowest, as <see cref="Masking"/> wants it.</summary>
    public uint MaskingKey { get; }

    /// <summary>RFC 6455 §5.2: the minimal number of bytes must be used to encode the length. True as soon as that is impossible.</summary>
    public bool IsLengthNotMinimal => LengthByteCount switch
    {
        2 => MostPayloadBytes < Length16,
        8 => MostPayloadBytes <= ushort.MaxValue,
        _ => false,
    };

    /// <summary>Whether the length takes more than the second byte's seven bits.</summary>
    public bool HasLongLength => LengthByteCount > 0;

    private int LengthByteCount => (_second & LengthMask) switch { Length16 => 2, Length64 => 8, _ => 0 };

    /// <summary>Writes the header of an unmasked frame, and returns how many bytes it took: at most 10.</summary>
    public static int Format(Span<byte> output, Opcode opcode, bool isFinal, int payloadByteCount, bool isDeflated = false)
    {
        output[0] = (byte)((isFinal ? FinalBit : 0) | (isDeflated ? DeflatedBit : 0) | (byte)opcode);
        switch (payloadByteCount)
        {
            case < Length16:
                output[1] = (byte)payloadByteCount;
                return 2;
            case <= ushort.MaxValue:
                output[1] = Length16;
                BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)payloadByteCount);
                return 4;
            default:
                output[1] = Length64;
                BinaryPrimitives.WriteUInt64BigEndian(output[2..], (ulong)payloadByteCount);
                return 10;
        }
    }

    // The length is big-endian, so each byte of it that has come narrows the range.
    private static (ulong Least, ulong Most) Range(ReadOnlySpan<byte> lengthBytes, int lengthByteCount)
    {
        ulong least = 0, most = 0;
        for (var i = 0; i < lengthByteCount; i++)
        {
            least = least << 8 | (i < lengthBytes.Length ? lengthBytes[i] : byte.MinValue);
            most = most << 8 | (i < lengthBytes.Length ? lengthBytes[i] : byte.MaxValue);
        }
        return (least, most);
    }
}
