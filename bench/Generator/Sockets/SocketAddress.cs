using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TypedChannels.LoadGenerator.Sockets;

/// <summary>An address of this machine: <c>sockaddr_in</c>, whose port and address are in network order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct SocketAddress(int host, int port)
{
    public const int Bytes = 16;

    private readonly ushort _family = Linux.InterNetwork;
    private readonly ushort _port = BinaryPrimitives.ReverseEndianness((ushort)port);
    private readonly uint _address = BinaryPrimitives.ReverseEndianness(0x7f000000u + (uint)host);
    private readonly ulong _unused = 0;
}
