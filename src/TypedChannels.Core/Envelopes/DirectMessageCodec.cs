using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TypedChannels;

/// <summary>
/// The codec whose generated part reads and writes a record member by member. It may refuse whatever is not plainly good: the same bytes
/// or the same record then go by metadata, and what comes of that counts, be it a value or an exception. Safe for concurrent use.
/// </summary>
/// <typeparam name="TMessage">The channel's record.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DirectMessageCodec<TMessage> : MessageCodec<TMessage>
{
    // Names and short strings with escapes are unescaped here, longer ones in an array of the pool.
    private const int ScratchBytes = 256;

    private JsonMessageCodec<TMessage>? _metadata;

    /// <summary>How the record is read and written where the direct way refuses; asked for when it first does.</summary>
    protected abstract JsonTypeInfo<TMessage> TypeInfo { get; }

    private JsonMessageCodec<TMessage> Metadata => _metadata ??= new(TypeInfo);

    /// <inheritdoc/>
    public sealed override void Write(IBufferWriter<byte> output, TMessage message)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output is PooledBufferWriter pooled)
        {
            WriteTo(pooled, message);
            return;
        }
        // What another output has taken, it keeps. So it is given nothing before all is written.
        var whole = PooledBufferWriter.Rent(ArrayPool<byte>.Shared);
        try
        {
            WriteTo(whole, message);
            output.Write(whole.Written);
        }
        finally
        {
            whole.Discard();
        }
    }

    /// <inheritdoc/>
    public sealed override TMessage Read(ReadOnlySpan<byte> input) =>
        TryReadUnchecked(input, out var message) ? message : Metadata.Read(input);

    /// <inheritdoc/>
    [SkipLocalsInit]
    internal sealed override bool TryReadUnchecked(ReadOnlySpan<byte> input, [MaybeNullWhen(false)] out TMessage message)
    {
        try
        {
            var reader = new DirectReader(input, stackalloc byte[ScratchBytes]);
            return TryRead(ref reader, out message) && reader.IsAtEnd;
        }
        catch (Exception)
        {
            // The record's own code threw. It will once more, and System.Text.Json says what its caller is told.
            message = default;
            return false;
        }
    }

    /// <summary>Writes a message, unless it refuses.</summary>
    /// <param name="writer">Where to; also takes the refusal.</param>
    /// <param name="message">The message, not null.</param>
    protected abstract void Write(ref DirectWriter writer, TMessage message);

    /// <summary>Reads a message, unless it refuses.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="message">The message, not null.</param>
    /// <returns>Whether it was read.</returns>
    protected abstract bool TryRead(ref DirectReader reader, [MaybeNullWhen(false)] out TMessage message);

    private void WriteTo(PooledBufferWriter output, TMessage message)
    {
        var start = output.Length;
        try
        {
            var writer = new DirectWriter(output);
            if (message is not null)
            {
                Write(ref writer, message);
                if (writer.TryFinish())
                    return;
            }
        }
        catch (Exception)
        {
            // As above.
        }
        output.Truncate(start);
        Metadata.Write(output, message);
    }
}
