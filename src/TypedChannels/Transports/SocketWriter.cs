using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace TypedChannels;

/// <summary>
/// Sends what is written at the flush, on the thread that flushes: no pipe and no loop that empties it stand between. While the kernel has
/// no room a flush waits, so nothing more is held than what was written since the last one; between flushes, no buffer is.
/// One writer at a time; <see cref="CancelPendingFlush"/> is safe at any time.
/// </summary>
/// <param name="socket">Connected, and not blocking. Only this writes to it.</param>
/// <param name="inner">Completed when this is: whoever shuts the socket down waits for it.</param>
internal sealed class SocketWriter(Socket socket, PipeWriter inner) : PipeWriter
{
    // Enough for most batches, so that few are copied into a larger one.
    private const int MinBufferBytes = 4096;

    private byte[]? _buffer;
    private int _sent;
    private int _written;
    private bool _isCompleted;
    private bool _isCancelled;
    private CancellationTokenSource? _waiting;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _written - _sent;

    public override Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint).AsMemory(_written);

    public override Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint).AsSpan(_written);

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bytes, (uint)((_buffer?.Length ?? 0) - _written), nameof(bytes));
        _written += bytes;
    }

    public override void CancelPendingFlush()
    {
        lock (this)
        {
            _isCancelled = true;
            _waiting?.Cancel();
        }
    }

    /// <returns>Completed: the peer takes nothing any more, and what was written is dropped.</returns>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        while (!_isCompleted && _sent < _written)
        {
            SocketError error;
            try
            {
                _sent += socket.Send(_buffer.AsSpan(_sent, _written - _sent), SocketFlags.None, out error);
            }
            catch (ObjectDisposedException)
            {
                error = SocketError.OperationAborted;
            }
            if (error == SocketError.WouldBlock)
                return SendRestAsync(cancellationToken);
            // What the peer sent before it went is still to be read, so nothing is shut down here.
            if (error != SocketError.Success)
                _isCompleted = true;
        }
        return ValueTask.FromResult(End());
    }

    public override void Complete(Exception? exception = null)
    {
        Release();
        _isCompleted = true;
        inner.Complete(exception);
    }

    private async ValueTask<FlushResult> SendRestAsync(CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (this)
        {
            _waiting = waiting;
            if (_isCancelled)
                waiting.Cancel();
        }
        try
        {
            while (_sent < _written)
                _sent += await socket.SendAsync(_buffer.AsMemory(_sent, _written - _sent), waiting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // How much was sent is not known, so nothing can follow it.
            Complete();
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            _isCompleted = true;
        }
        finally
        {
            lock (this)
                _waiting = null;
        }
        return End();
    }

    private FlushResult End()
    {
        Release();
        if (!Volatile.Read(ref _isCancelled))
            return new FlushResult(isCanceled: false, _isCompleted);
        lock (this)
            _isCancelled = false;
        return new FlushResult(isCanceled: true, _isCompleted);
    }

    private byte[] Room(int sizeHint)
    {
        var buffer = _buffer ??= ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, MinBufferBytes));
        if (buffer.Length - _written >= Math.Max(sizeHint, 1))
            return buffer;
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(_written + Math.Max(sizeHint, 1), 2 * buffer.Length));
        buffer.AsSpan(0, _written).CopyTo(_buffer);
        ArrayPool<byte>.Shared.Return(buffer);
        return _buffer;
    }

    private void Release()
    {
        if (_buffer is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        (_buffer, _sent, _written) = (null, 0, 0);
    }
}
