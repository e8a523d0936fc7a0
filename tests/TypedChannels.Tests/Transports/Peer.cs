using System.IO.Pipelines;
using TypedChannels.Tests.Connections;
using TypedChannels.Tests.Wire;

namespace TypedChannels.Tests.Transports;

/// <summary>The client at the other end of two pipes in memory, which speaks in raw frames.</summary>
internal sealed class Peer(PipeOptions? toClient = null, PipeScheduler? reading = null) : IByteConnection
{
    private readonly Pipe _toServer = new(new PipeOptions(pauseWriterThreshold: 0, readerScheduler: reading));
    private readonly Pipe _toClient = new(toClient ?? new PipeOptions(pauseWriterThreshold: 0));

    /// <summary>What a pipe that nobody reads takes before it blocks.</summary>
    public static PipeOptions Blocked => new(pauseWriterThreshold: 1, resumeWriterThreshold: 1);

    public int AbortCount { get; private set; }

    // The server's ends.
    public PipeReader Input => _toServer.Reader;

    public PipeWriter Output => _toClient.Writer;

    public Stream Stream => new DuplexStream(Input, Output);

    public CancellationToken Lost { get; set; }

    public void Abort() => AbortCount++;

    public async Task SendAsync(params IEnumerable<ClientFrame> frames) => await SendBytesAsync(ClientFrame.Join(frames));

    public Task SendNotesAsync(params IEnumerable<string> texts) => SendAsync(texts.Select(text => ClientFrame.Text(Note.Bytes(text))));

    public async Task SendBytesAsync(byte[] bytes) => await _toServer.Writer.WriteAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>Sends a copy of the bytes, without a task; where the server reads inline it has handled them on return.</summary>
    public void SendAtOnce(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_toServer.Writer.GetSpan(bytes.Length));
        _toServer.Writer.Advance(bytes.Length);
        _toServer.Writer.FlushAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Takes all that the server has sent, without a look at it.</summary>
    public void DropSent()
    {
        Assert.True(_toClient.Reader.TryRead(out var sent));
        _toClient.Reader.AdvanceTo(sent.Buffer.End);
    }

    /// <summary>Sends a FIN.</summary>
    public void End(Exception? reset = null) => _toServer.Writer.Complete(reset);

    /// <summary>Reads no more, and tells it.</summary>
    public void StopReading() => _toClient.Reader.Complete();

    /// <summary>Takes so many bytes at most, whatever they are, and tells how many.</summary>
    public async Task<int> TakeAsync(int most)
    {
        var result = await _toClient.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon();
        var count = (int)Math.Min(result.Buffer.Length, most);
        _toClient.Reader.AdvanceTo(result.Buffer.GetPosition(count));
        return count;
    }

    /// <summary>The next frame; null at the end.</summary>
    public async Task<ServerFrame?> ReadAsync()
    {
        while (true)
        {
            var result = await _toClient.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon();
            var unread = result.Buffer;
            if (ServerFrame.TryRead(ref unread, out var frame))
            {
                _toClient.Reader.AdvanceTo(unread.Start);
                return frame;
            }
            _toClient.Reader.AdvanceTo(unread.Start, unread.End);
            if (result.IsCompleted)
                return null;
        }
    }

    public async Task<string> ReadTextAsync()
    {
        var frame = await ReadAsync();
        Assert.Equal(1, frame?.Opcode);
        return frame!.Text;
    }

    public async Task<int?> ReadCloseAsync()
    {
        var frame = await ReadAsync();
        Assert.Equal(8, frame?.Opcode);
        return frame!.CloseCode;
    }

    /// <summary>Both directions as one stream, which ends both when it is disposed.</summary>
    private sealed class DuplexStream(PipeReader reader, PipeWriter writer) : Stream
    {
        private readonly Stream input = reader.AsStream(), output = writer.AsStream();

        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            input.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            output.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

        public override void Flush() => output.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            // As a socket does: what is under way ends.
            reader.CancelPendingRead();
            writer.Complete();
            base.Dispose(disposing);
        }
    }
}
