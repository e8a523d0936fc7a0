using System.IO.Compression;

namespace TypedChannels.Conformance;

/// <summary>Inflates a server's messages (RFC 7692 §7.2.2).</summary>
/// <param name="keepsWindow">Whether the server may refer back to earlier messages.</param>
internal sealed class MessageInflater(bool keepsWindow)
{
    private static readonly byte[] Tail = [0, 0, 0xff, 0xff];
    private FeedStream _feed = new();
    private DeflateStream? _inflate;

    public byte[] Inflate(byte[] message)
    {
        if (!keepsWindow || _inflate is null)
        {
            _feed = new FeedStream();
            _inflate = new DeflateStream(_feed, CompressionMode.Decompress);
        }
        _feed.Append([.. message, .. Tail]);
        var output = new MemoryStream();
        _inflate.CopyTo(output);
        return output.ToArray();
    }

    /// <summary>Ends where nothing has come yet, and goes on when more has.</summary>
    private sealed class FeedStream : Stream
    {
        private readonly MemoryStream _bytes = new();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void Append(byte[] bytes)
        {
            _bytes.SetLength(0);
            _bytes.Write(bytes);
            _bytes.Position = 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => _bytes.Read(buffer, offset, count);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>Deflates a client's messages (RFC 7692 §7.2.1).</summary>
/// <param name="keepsWindow">Whether messages refer back to earlier ones.</param>
internal sealed class MessageDeflater(bool keepsWindow)
{
    private MemoryStream _output = new();
    private DeflateStream? _deflate;

    public byte[] Deflate(byte[] message)
    {
        if (!keepsWindow || _deflate is null)
        {
            _output = new MemoryStream();
            _deflate = new DeflateStream(_output, CompressionLevel.Fastest);
        }
        _output.SetLength(0);
        _deflate.Write(message);
        _deflate.Flush();
        // The tail of a flush, 00 00 ff ff, is left out.
        return _output.ToArray()[..^4];
    }
}
