using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace TypedChannels;

/// <summary>
/// A TCP connection of the server's own host, before and after its handshake. Kestrel's HTTP reads the request and writes the response;
/// then it ends, and the WebSocket goes on with the same pipes. So an open connection does not hold what HTTP needed: more than all else.
/// Without TLS both write to the socket: what went through a pipe first would wait for a loop that empties it.
/// </summary>
internal sealed class HandOver : IByteConnection, IConnectionHeartbeatFeature
{
    private readonly ConnectionContext _connection;
    private readonly IDuplexPipe _pipe;
    private volatile Tuple<Action<object>, object>? _beat;
    private PipeTransport? _transport;
    private ConnectionIntake? _intake;
    private OpenIntake? _opened;

    private HandOver(ConnectionContext connection, Socket? socket)
    {
        (_connection, _pipe, Output) = (connection, connection.Transport, connection.Transport.Output);
        if (socket is not null)
            Output = new SocketWriter(socket, Output);
    }

    public PipeReader Input => _pipe.Input;

    public PipeWriter Output { get; }

    public CancellationToken Lost => _connection.ConnectionClosed;

    public void Abort() => _connection.Abort(new ConnectionAbortedException("The server drops the connection."));

    /// <summary>The connection whose pipe a request of HTTP/1.1 came by; null: it came to another host.</summary>
    public static HandOver? Of(IDuplexPipe? pipe) => pipe is LentPipe lent ? lent.Owner : null;

    /// <summary>Middleware for an endpoint of plain TCP, in front of HTTP.</summary>
    public static ConnectionDelegate Use(ConnectionDelegate http) =>
        connection => new HandOver(connection, Unblocked(connection)).RunAsync(http);

    /// <summary>Middleware for an endpoint of TLS, between it and HTTP.</summary>
    public static ConnectionDelegate UseInTls(ConnectionDelegate http) => connection => new HandOver(connection, socket: null).RunAsync(http);

    /// <summary>HTTP is done when the request's delegate returns: from then on the transport has the connection.</summary>
    /// <param name="transport">Carries it to its end.</param>
    /// <param name="intake">What counts it until then.</param>
    /// <param name="opened">What it came to.</param>
    public void Take(PipeTransport transport, ConnectionIntake intake, OpenIntake opened) =>
        (_transport, _intake, _opened) = (transport, intake, opened);

    // HTTP adds what looks at its timeouts, once, and for as long as the connection lasts.
    void IConnectionHeartbeatFeature.OnHeartbeat(Action<object> action, object state) => _beat = Tuple.Create(action, state);

    private static Socket? Unblocked(ConnectionContext connection)
    {
        var socket = connection.Features.Get<IConnectionSocketFeature>()?.Socket;
        try
        {
            socket?.Blocking = false;
            return socket;
        }
        catch (ObjectDisposedException)
        {
            // The host dropped it meanwhile, which the pipe tells.
            return null;
        }
    }

    private void Beat()
    {
        if (_beat is { } beat)
            beat.Item1(beat.Item2);
    }

    private async Task RunAsync(ConnectionDelegate http)
    {
        _connection.Transport = new LentPipe(this);
        if (_connection.Features.Get<IConnectionHeartbeatFeature>() is { } heart)
        {
            heart.OnHeartbeat(static state => ((HandOver)state).Beat(), this);
            _connection.Features.Set<IConnectionHeartbeatFeature>(this);
        }
        try
        {
            await http(_connection).ConfigureAwait(false);
        }
        catch (Exception) when (_transport is not null)
        {
            // It failed after the handshake: whoever waits for the connection's end must see one.
            Abort();
        }
        if (_transport is null)
            return;
        _connection.Transport = _pipe;
        _beat = null;
        try
        {
            await _transport.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            _intake!.Leave(_opened!);
        }
    }

    /// <summary>The pipe as HTTP has it: what HTTP completes stays open if it is handed over.</summary>
    private sealed class LentPipe(HandOver owner) : IDuplexPipe
    {
        public HandOver Owner => owner;

        public PipeReader Input { get; } = new LentReader(owner);

        public PipeWriter Output { get; } = new LentWriter(owner);
    }

    private sealed class LentReader(HandOver owner) : PipeReader
    {
        private readonly PipeReader _reader = owner.Input;

        public override void AdvanceTo(SequencePosition consumed) => _reader.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => _reader.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => _reader.CancelPendingRead();

        public override void Complete(Exception? exception = null)
        {
            if (owner._transport is null)
                _reader.Complete(exception);
        }

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => _reader.ReadAsync(cancellationToken);

        public override bool TryRead(out ReadResult result) => _reader.TryRead(out result);
    }

    private sealed class LentWriter(HandOver owner) : PipeWriter
    {
        private readonly PipeWriter _writer = owner.Output;

        public override bool CanGetUnflushedBytes => _writer.CanGetUnflushedBytes;

        public override long UnflushedBytes => _writer.UnflushedBytes;

        public override void Advance(int bytes) => _writer.Advance(bytes);

        public override void CancelPendingFlush() => _writer.CancelPendingFlush();

        public override void Complete(Exception? exception = null)
        {
            if (owner._transport is null)
                _writer.Complete(exception);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => _writer.FlushAsync(cancellationToken);

        public override Memory<byte> GetMemory(int sizeHint = 0) => _writer.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => _writer.GetSpan(sizeHint);

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            _writer.WriteAsync(source, cancellationToken);
    }
}
