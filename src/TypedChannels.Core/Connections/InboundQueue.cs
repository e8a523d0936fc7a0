using System.Buffers;

namespace TypedChannels;

/// <summary>
/// The messages that came while a handler was running: in order, bounded
/// in bytes. Not safe for concurrent use: its connection's lock guards it.
/// </summary>
internal sealed class InboundQueue(int maxBytes, ArrayPool<byte> buffers)
{
    private Queue<Entry>? _entries;
    private long _bytes;

    /// <summary>Whether reading must stop until a message was taken.</summary>
    public bool IsFull => _bytes >= maxBytes;

    public int Count => _entries?.Count ?? 0;

    /// <summary>Bytes that wait, with what each message costs beside its own.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public void Enqueue(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var entry = new Entry(buffers.Rent(payload.Length), payload.Length, opcode);
        payload.CopyTo(entry.Buffer);
        (_entries ??= []).Enqueue(entry);
        _bytes += entry.Length + ConnectionLimits.MessageOverheadBytes;
    }

    /// <summary>Takes the next message, whose array the caller gives back with <see cref="Return"/>.</summary>
    public bool TryDequeue(out Entry entry)
    {
        if (_entries is null || !_entries.TryDequeue(out entry))
        {
            entry = default;
            return false;
        }
        _bytes -= entry.Length + ConnectionLimits.MessageOverheadBytes;
        return true;
    }

    /// <summary>Drops all messages and tells how many.</summary>
    public int Clear()
    {
        var dropped = 0;
        for (; TryDequeue(out var entry); dropped++)
            Return(entry);
        return dropped;
    }

    public void Return(Entry entry) => buffers.Return(entry.Buffer);

    public readonly record struct Entry(byte[] Buffer, int Length, Opcode Opcode)
    {
        public ReadOnlySpan<byte> Payload => Buffer.AsSpan(0, Length);
    }
}
