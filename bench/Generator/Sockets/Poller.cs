using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TypedChannels.LoadGenerator.Sockets;

/// <summary>Waits for whatever happens on any of the sockets (epoll, edge-triggered). Not thread-safe.</summary>
internal sealed class Poller : IDisposable
{
    private const int Room = 1024;

    // Its structure is packed on x64 alone: 32 bits of events, then 64 of the caller's.
    private static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private readonly byte[] _events = new byte[Room * 16];
    private readonly int _poll = Linux.CreatePoll(0);

    public void Add(int socket, int index)
    {
        Span<byte> wanted = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(wanted, Linux.In | Linux.Out | Linux.ReadHangUp | Linux.EdgeTriggered);
        BinaryPrimitives.WriteInt64LittleEndian(wanted[(Stride - 8)..], index);
        if (Linux.ControlPoll(_poll, Linux.ControlAdd, socket, ref wanted[0]) < 0)
            throw Linux.Failed("epoll_ctl");
    }

    /// <summary>How many events there are now.</summary>
    public int Wait(int milliseconds)
    {
        var count = Linux.WaitPoll(_poll, ref _events[0], Room, milliseconds);
        if (count < 0 && Linux.LastError != Linux.Interrupted)
            throw Linux.Failed("epoll_wait");
        return Math.Max(count, 0);
    }

    /// <summary>One of the events that <see cref="Wait"/> has found.</summary>
    public uint EventsAt(int at, out int index)
    {
        var one = _events.AsSpan(at * Stride, Stride);
        index = (int)BinaryPrimitives.ReadInt64LittleEndian(one[(Stride - 8)..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(one);
    }

    public void Dispose() => _ = Linux.Close(_poll);
}
