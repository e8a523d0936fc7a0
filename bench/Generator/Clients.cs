using System.Diagnostics;
using TypedChannels.LoadGenerator.Sockets;
using TypedChannels.LoadGenerator.Wire;
using TypedChannels.LoadGenerator.Work;

namespace TypedChannels.LoadGenerator;

/// <summary>All connections, on one thread: opens them, then keeps them at their work. Not thread-safe.</summary>
internal sealed class Clients : IDisposable
{
    // Fewer than a server's backlog of connections that wait to be accepted.
    private const int MaxOpening = 256;
    private const int TickMilliseconds = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Options _options;
    private readonly Workload _workload;
    private readonly OpeningHandshake _handshake;
    private readonly Outgoing? _hello;
    private readonly Poller _poller = new();
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(256 * 1024, pinned: true);
    private readonly Connection[] _connections;
    private int _opened;
    private int _ready;
    private bool _isWorking;

    public Clients(Options options, Workload workload)
    {
        (_options, _workload) = (options, workload);
        _handshake = new OpeningHandshake(options.Port, options.Path);
        _hello = options.Hello is null ? null : Outgoing.Frame(options.Hello);
        _connections = new Connection[options.Connections];
        for (var i = 0; i < _connections.Length; i++)
            _connections[i] = new Connection(i, options.IsSeparated) { AwaitedMessages = options.Ready };
    }

    /// <summary>Connects them all, and waits until each has had the messages that come before the load.</summary>
    /// <returns>How long that took.</returns>
    public TimeSpan Open()
    {
        var start = Stopwatch.GetTimestamp();
        while (_ready < _connections.Length)
        {
            while (_opened < _connections.Length && _opened - _ready < MaxOpening)
                Connect(_connections[_opened++]);
            Step(TickMilliseconds);
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new LoadException($"{_ready} of {_connections.Length} connections were ready in {Patience.TotalSeconds:0} s.");
        }
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Works until the time is over.</summary>
    /// <returns>How long it was.</returns>
    public TimeSpan Work(TimeSpan time)
    {
        _isWorking = true;
        var start = Stopwatch.GetTimestamp();
        _workload.Start(_connections, start);
        // It does not sleep while there is always something to come: waking it up would be the server's work.
        while (Stopwatch.GetElapsedTime(start) < time)
            Step(_workload.IsBusy ? 0 : TickMilliseconds);
        return Stopwatch.GetElapsedTime(start);
    }

    public void Dispose()
    {
        foreach (var connection in _connections.AsSpan(0, _opened))
            _ = Linux.Close(connection.Socket);
        _poller.Dispose();
    }

    private void Connect(Connection connection)
    {
        connection.Connect(_options.Port, _options.Sources == 0 ? 0 : 2 + connection.Index % _options.Sources);
        connection.Send(_handshake.Request, 1);
        _poller.Add(connection.Socket, connection.Index);
    }

    private void Step(int milliseconds)
    {
        var count = _poller.Wait(milliseconds);
        for (var i = 0; i < count; i++)
        {
            var events = _poller.EventsAt(i, out var index);
            var connection = _connections[index];
            if ((events & Linux.Out) != 0)
                connection.Flush();
            if ((events & ~Linux.Out) != 0)
                Read(connection, hasEnd: (events & (Linux.ReadHangUp | Linux.HangUp | Linux.Error)) != 0);
        }
    }

    private void Read(Connection connection, bool hasEnd)
    {
        int length;
        do
        {
            length = connection.Receive(_buffer);
            if (length == 0)
                return;
            ReadOnlySpan<byte> received = _buffer.AsSpan(0, length);
            if (!connection.IsOpen && !TryOpen(connection, ref received))
                continue;
            var messages = connection.Counter.Count(received);
            if (connection.Counter.CloseCode != 0)
                throw new LoadException($"The server closed connection {connection.Index} with {connection.Counter.CloseCode}.");
            if (messages > 0)
                OnMessages(connection, messages);
        }
        // A read that left room has read all (epoll(7)), unless the end of the stream came with it, which tells itself but once.
        while (length == _buffer.Length || hasEnd);
    }

    private bool TryOpen(Connection connection, ref ReadOnlySpan<byte> received)
    {
        if (!OpeningHandshake.TryTakeAnswer(ref received, ref connection.Kept))
            return false;
        connection.IsOpen = true;
        if (_hello is not null)
            connection.Send(_hello, 1);
        if (connection.AwaitedMessages == 0)
            _ready++;
        return true;
    }

    private void OnMessages(Connection connection, int messages)
    {
        if (_isWorking)
        {
            _workload.OnMessages(connection, messages, Stopwatch.GetTimestamp());
        }
        else if (connection.AwaitedMessages > 0)
        {
            connection.AwaitedMessages = Math.Max(0, connection.AwaitedMessages - messages);
            if (connection.AwaitedMessages == 0)
                _ready++;
        }
    }
}
