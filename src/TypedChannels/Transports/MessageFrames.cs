using System.Buffers;
using System.IO.Pipelines;

namespace TypedChannels;

/// <summary>
/// Puts the messages that wait into a pipe as frames, about a flush's worth at a time. A message that is longer takes several: so a peer
/// that takes it slowly is seen to take it. For one user at a time.
/// </summary>
internal sealed class MessageFrames(PipeWriter output, OutboundQueue messages, int? deflateWindowBits, ChannelMetrics? metrics)
{
    // Begun: its header is written, and so much of its payload.
    private EncodedMessage? _begun;
    private bool _isDeflated;
    private int _written;

    /// <summary>Whether a frame is unfinished, inside which no other may stand (RFC 6455 §5.4 allows that only between frames).</summary>
    public bool IsInsideFrame => _begun is not null;

    /// <summary>Writes the next part of what is begun, or as many messages as make a flush's worth.</summary>
    /// <param name="isEmpty">Whether nothing is left.</param>
    /// <returns>Whether anything was written.</returns>
    public bool Write(out bool isEmpty)
    {
        isEmpty = false;
        if (_begun is not null)
        {
            // And nothing after it: where it ends, a control frame may pass.
            Continue();
            return true;
        }
        var bytes = 0;
        while (bytes < ChannelConnection.FlushBytes)
        {
            if (!messages.TryDequeue(out var message))
            {
                isEmpty = true;
                return bytes > 0;
            }
            bytes += FrameWriter.MaxHeaderByteCount + Begin(message);
        }
        return true;
    }

    /// <summary>Lets go of a message that is not written to its end, and never will be.</summary>
    public void Abandon()
    {
        if (_begun is null)
            return;
        metrics?.Dropped(inbound: 0, outbound: 1);
        Release();
    }

    private int Begin(EncodedMessage message)
    {
        (_begun, _written) = (message, 0);
        _isDeflated = deflateWindowBits is { } bits && !message.Deflate(bits).IsEmpty;
        if (_isDeflated || message.Length > FrameWriter.MaxWholeByteCount)
        {
            FrameWriter.WriteHeader(output, message.Opcode, Payload(message).Length, _isDeflated);
            return Continue();
        }
        FrameWriter.WriteWhole(output, message.Opcode, message.Span);
        var bytes = message.Length;
        End();
        return bytes;
    }

    private int Continue()
    {
        var rest = Payload(_begun!)[_written..];
        var count = Math.Min(rest.Length, ChannelConnection.FlushBytes);
        rest[..count].CopyTo(output.GetSpan(count));
        output.Advance(count);
        _written += count;
        if (count == rest.Length)
            End();
        return count;
    }

    private void End()
    {
        metrics?.Sent(_begun!.Channel, _begun.Length);
        Release();
    }

    private void Release()
    {
        _begun!.Release();
        _begun = null;
    }

    private ReadOnlySpan<byte> Payload(EncodedMessage message) => _isDeflated ? message.Deflate(deflateWindowBits!.Value) : message.Span;
}
