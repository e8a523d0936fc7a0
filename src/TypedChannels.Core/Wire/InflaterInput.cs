using System.Buffers;

namespace TypedChannels;

/// <summary>
/// A compressed message as an inflater reads it. After the message come the empty block that its sender left out (RFC 7692 §7.2.2) and a
/// final one: an inflater that asks for more is still inside a block, and one that did not come so far met the peer's own final block.
/// </summary>
internal sealed class InflaterInput : Stream
{
    private readonly byte[] _bytes;
    private readonly int _messageByteCount;
    private readonly int _leftOutEnd;
    private readonly int _end;
    private readonly bool _isByteByByte;
    private int _position;
    private bool _askedForMore;

    public InflaterInput(ReadOnlySpan<byte> message, bool isByteByByte = false)
    {
        ReadOnlySpan<byte> leftOut = [0x00, 0x00, 0xFF, 0xFF];
        ReadOnlySpan<byte> final = [0x03, 0x00];
        _messageByteCount = message.Length;
        _leftOutEnd = _messageByteCount + leftOut.Length;
        _end = _leftOutEnd + final.Length;
        _bytes = ArrayPool<byte>.Shared.Rent(_end);
        message.CopyTo(_bytes);
        leftOut.CopyTo(_bytes.AsSpan(_messageByteCount));
        final.CopyTo(_bytes.AsSpan(_leftOutEnd));
        _isByteByByte = isByteByByte;
    }

    /// <summary>How much of the message was read.</summary>
    public int ReadByteCount => Math.Min(_position, _messageByteCount);

    /// <summary>Whether the inflater has come to the added final block.</summary>
    public bool IsAtFinalBlock => _position > _leftOutEnd;

    /// <summary>Whether the inflater stopped with the added final block.</summary>
    public bool IsFinished => _position == _end && !_askedForMore;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        _askedForMore = _position == _end;
        var partEnd = _position < _leftOutEnd ? _leftOutEnd : _end;
        var count = Math.Min(partEnd - _position, _isByteByByte ? 1 : buffer.Length);
        _bytes.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // Once: whoever rents it next must not lose it.
        if (disposing && _position <= _end)
        {
            _position = _end + 1;
            ArrayPool<byte>.Shared.Return(_bytes);
        }
        base.Dispose(disposing);
    }
}
