using System.Buffers.Binary;

namespace TypedChannels.Load;

/// <summary>Cuts what a server sends into its answer to the handshake and frames (RFC 6455 §5.2).</summary>
internal sealed class ServerFrames(int capacity = 4096)
{
    private byte[] _buffer = new byte[capacity];
    private int _start;
    private int _end;

    /// <summary>Where to read to; then tell how much with <see cref="Filled"/>.</summary>
    public Memory<byte> Room
    {
        get
        {
            if (_start == _end)
                _start = _end = 0;
            if (_end == _buffer.Length && _start > 0)
            {
                _buffer.AsSpan(_start.._end).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }
            if (_end == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            return _buffer.AsMemory(_end);
        }
    }

    public void Filled(int count) => _end += count;

    /// <summary>Takes the answer to the handshake, and tells its status.</summary>
    public bool TryTakeHead(out int status)
    {
        var unread = _buffer.AsSpan(_start.._end);
        var length = unread.IndexOf("\r\n\r\n"u8);
        status = length < 12 ? 0 : int.Parse(unread[9..12], provider: null);
        if (length < 0)
            return false;
        _start += length + 4;
        return true;
    }

    /// <summary>Takes the next frame. Its payload is good until <see cref="Room"/> is asked for.</summary>
    public bool TryTake(out int opcode, out ReadOnlySpan<byte> payload)
    {
        var unread = _buffer.AsSpan(_start.._end);
        opcode = 0;
        payload = default;
        if (unread.Length < 2)
            return false;
        var (length, header) = (unread[1] & 0x7f, 2);
        if (length >= 126)
        {
            header = length == 126 ? 4 : 10;
            if (unread.Length < header)
                return false;
            length = header == 4
                ? BinaryPrimitives.ReadUInt16BigEndian(unread[2..])
                : (int)BinaryPrimitives.ReadInt64BigEndian(unread[2..]);
        }
        if (unread.Length < header + length)
            return false;
        opcode = unread[0] & 15;
        payload = unread.Slice(header, length);
        _start += header + length;
        return true;
    }
}
