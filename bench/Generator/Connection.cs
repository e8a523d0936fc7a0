using TypedChannels.LoadGenerator.Sockets;
using TypedChannels.LoadGenerator.Wire;

namespace TypedChannels.LoadGenerator;

/// <summary>One client: its socket, and what it still has to send.</summary>
internal sealed class Connection(int index, bool isSeparated)
{
    /// <summary>An answer of the handshake that came in pieces.</summary>
    public byte[]? Kept;

    /// <summary>Counts what is received once it is open.</summary>
    public MessageCounter Counter = new(isSeparated);

    private Outgoing? _outgoing;
    private int _offset;
    private int _left;

    public int Index { get; } = index;

    public int Socket { get; private set; } = -1;

    /// <summary>Whether the handshake is answered.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The messages to wait for, before there may be load.</summary>
    public int AwaitedMessages { get; set; }

    /// <param name="port">Of 127.0.0.1.</param>
    /// <param name="source">The last number of the address that it comes from; 0: the kernel's choice.</param>
    public void Connect(int port, int source)
    {
        Socket = Linux.Socket(Linux.InterNetwork, Linux.Stream | Linux.NonBlocking, 0);
        if (Socket < 0)
            throw Linux.Failed("socket");
        _ = Linux.SetSocketOption(Socket, Linux.LevelTcp, Linux.NoDelay, 1, sizeof(int));
        if (source > 0)
        {
            // The port is chosen at connect, when one that another connection uses to elsewhere will do.
            _ = Linux.SetSocketOption(Socket, Linux.LevelIp, Linux.BindAddressNoPort, 1, sizeof(int));
            if (Linux.Bind(Socket, new SocketAddress(source, 0), SocketAddress.Bytes) < 0)
                throw Linux.Failed("bind");
        }
        if (Linux.Connect(Socket, new SocketAddress(1, port), SocketAddress.Bytes) < 0 && Linux.LastError != Linux.InProgress)
            throw Linux.Failed("connect");
    }

    /// <summary>Sends it so many times over; what the kernel does not take now goes out with <see cref="Flush"/>.</summary>
    public void Send(Outgoing outgoing, int times)
    {
        if (_outgoing != outgoing)
        {
            if (_left > 0)
                throw new LoadException("The server answered before it had read all.");
            (_outgoing, _offset) = (outgoing, 0);
        }
        var isBlocked = _left > 0;
        _left += outgoing.UnitBytes * times;
        if (!isBlocked)
            Flush();
    }

    public void Flush()
    {
        while (_left > 0)
        {
            var length = Math.Min(_left, _outgoing!.Bytes.Length - _offset);
            var sent = (int)Linux.Send(Socket, _outgoing.Bytes[_offset], length, Linux.NoSignal);
            if (sent < 0)
            {
                if (Linux.LastError == Linux.Again)
                    return;
                throw Linux.Failed(IsOpen ? "send" : "connect");
            }
            _offset = (_offset + sent) % _outgoing.UnitBytes;
            _left -= sent;
        }
    }

    /// <summary>What was received; 0: nothing now.</summary>
    public int Receive(byte[] buffer)
    {
        var count = (int)Linux.Receive(Socket, ref buffer[0], buffer.Length, 0);
        if (count > 0)
            return count;
        if (count < 0 && Linux.LastError == Linux.Again)
            return 0;
        if (count < 0)
            throw Linux.Failed(IsOpen ? "recv" : "connect");
        throw new LoadException(Counter.CloseCode == 0
            ? $"The server ended connection {Index} without a close frame."
            : $"The server closed connection {Index} with {Counter.CloseCode}.");
    }
}
