using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace TypedChannels.Tests.Transports;

public sealed class SocketWriterTests : IAsyncLifetime
{
    // More than the kernel takes for a peer that does not read.
    private static readonly byte[] Much = [.. Enumerable.Range(0, 16 << 20).Select(i => (byte)(i % 251))];

    private readonly Pipe _inner = new();
    private Socket _socket = null!;
    private Socket _peer = null!;
    private SocketWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await _peer.ConnectAsync(listener.LocalEndPoint!).Within();
        _socket = await listener.AcceptAsync().Within();
        _socket.Blocking = false;
        _writer = new SocketWriter(_socket, _inner.Writer);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _peer.Dispose();
        return default;
    }

    [Fact]
    public async Task What_is_written_is_sent_by_the_flush_and_not_before()
    {
        _writer.Write("one"u8);
        _writer.Write("two"u8);
        Assert.Equal(6, _writer.UnflushedBytes);
        Assert.Equal(0, _peer.Available);
        Assert.Equal(new FlushResult(isCanceled: false, isCompleted: false), await _writer.FlushAsync().Within());
        Assert.Equal(0, _writer.UnflushedBytes);
        Assert.Equal("onetwo"u8.ToArray(), await ReadAsync(6));
    }

    [Fact]
    public async Task Room_that_grows_keeps_what_was_written()
    {
        for (var bytes = 1; bytes <= 100_000; bytes *= 10)
        {
            Much.AsSpan(0, bytes).CopyTo(_writer.GetSpan(bytes));
            _writer.Advance(bytes);
        }
        await _writer.FlushAsync().Within();
        var sent = await ReadAsync(111_111);
        for (int bytes = 1, at = 0; bytes <= 100_000; at += bytes, bytes *= 10)
            Assert.Equal(Much.AsSpan(0, bytes), sent.AsSpan(at, bytes));
    }

    [Fact]
    public async Task A_flush_waits_while_the_kernel_has_no_room_and_sends_all_in_order()
    {
        _writer.Write(Much);
        var flushed = _writer.FlushAsync().AsTask();
        Assert.False(flushed.IsCompleted);
        Assert.Equal(Much, await ReadAsync(Much.Length));
        Assert.Equal(new FlushResult(isCanceled: false, isCompleted: false), await flushed.Within());
        _writer.Write("next"u8);
        await _writer.FlushAsync().Within();
        Assert.Equal("next"u8.ToArray(), await ReadAsync(4));
    }

    [Fact]
    public async Task A_flush_that_waits_ends_when_it_is_cancelled_and_nothing_follows_it()
    {
        _writer.Write(Much);
        var flushed = _writer.FlushAsync().AsTask();
        _writer.CancelPendingFlush();
        Assert.Equal(new FlushResult(isCanceled: true, isCompleted: true), await flushed.Within());
        _writer.Write("next"u8);
        Assert.True((await _writer.FlushAsync().Within()).IsCompleted);
        Assert.Equal(0, _writer.UnflushedBytes);
        // What was sent is unknown, so the connection must end.
        Assert.True((await _inner.Reader.ReadAsync().AsTask().Within()).IsCompleted);
    }

    [Fact]
    public async Task A_flush_that_waits_ends_with_its_token()
    {
        using var source = new CancellationTokenSource();
        _writer.Write(Much);
        var flushed = _writer.FlushAsync(source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flushed.Within());
    }

    [Fact]
    public async Task A_cancellation_between_two_flushes_is_told_by_the_next()
    {
        _writer.CancelPendingFlush();
        _writer.Write("one"u8);
        Assert.Equal(new FlushResult(isCanceled: true, isCompleted: false), await _writer.FlushAsync().Within());
        Assert.Equal("one"u8.ToArray(), await ReadAsync(3));
        Assert.False((await _writer.FlushAsync().Within()).IsCanceled);
    }

    [Fact]
    public async Task A_peer_that_is_gone_completes_the_flush_and_what_it_sent_is_still_read()
    {
        await _peer.SendAsync("sent"u8.ToArray()).Within();
        _peer.LingerState = new LingerOption(enable: true, seconds: 0);
        _peer.Dispose();
        // The reset may still be under way.
        for (var isCompleted = false; !isCompleted; isCompleted = (await _writer.FlushAsync().Within()).IsCompleted)
            _writer.Write("lost"u8);
        Assert.Equal(0, _writer.UnflushedBytes);
        Assert.False(_inner.Reader.TryRead(out _));
        Assert.Equal(4, await _socket.ReceiveAsync(new byte[8]).Within());
    }

    [Fact]
    public async Task A_flush_that_waits_ends_with_the_socket()
    {
        _writer.Write(Much);
        var flushed = _writer.FlushAsync().AsTask();
        _socket.Dispose();
        Assert.True((await flushed.Within()).IsCompleted);
        _writer.Write("lost"u8);
        Assert.True((await _writer.FlushAsync().Within()).IsCompleted);
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await using var stream = new NetworkStream(_peer, ownsSocket: false);
        await stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken).Within();
        return bytes;
    }
}
