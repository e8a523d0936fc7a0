using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TypedChannels;

/// <summary>
/// Writes JSON for generated code: what System.Text.Json's writer would write with the wire's encoder, byte for byte. What cannot be
/// written (a number that is infinite, a record nested too deep) it refuses: nothing more is then written, and the record goes by
/// metadata, whose exception tells.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct DirectWriter
{
    private const int FirstBytes = 256;

    private readonly PooledBufferWriter _output;
    private Span<byte> _free;
    private int _written;
    private int _depth;
    private bool _isRefused;

    internal DirectWriter(PooledBufferWriter output)
    {
        _output = output;
        _free = output.GetSpan(FirstBytes);
    }

    /// <summary>Writes bytes as they are.</summary>
    /// <param name="json">The bytes: a piece of JSON.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRaw(ReadOnlySpan<byte> json)
    {
        EnsureFree(json.Length);
        json.CopyTo(_free[_written..]);
        _written += json.Length;
    }

    /// <summary>Writes <c>null</c>.</summary>
    public void WriteNull() => WriteRaw("null"u8);

    /// <summary>Writes a comma, unless it is asked for the first time.</summary>
    /// <param name="isLater">Whether it was asked before; true from then on.</param>
    public void WriteComma(ref bool isLater)
    {
        if (isLater)
            WriteRaw(","u8);
        isLater = true;
    }

    /// <summary>Goes one level down, before an object or array is written.</summary>
    /// <returns>Whether the level may be written, and nothing was refused before.</returns>
    public bool TryEnter()
    {
        // System.Text.Json writes nothing that holds something on the last level.
        if (++_depth >= EnvelopeReader.MaxMessageDepth)
            _isRefused = true;
        return !_isRefused;
    }

    /// <summary>Goes back up.</summary>
    public void Leave() => _depth--;

    /// <summary>Leaves the record to metadata.</summary>
    public void Refuse() => _isRefused = true;

    /// <summary>Hands all over to the output. False: something was refused, and what was handed over is of no use.</summary>
    internal readonly bool TryFinish()
    {
        _output.Advance(_written);
        return !_isRefused;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EnsureFree(int bytes)
    {
        if (_free.Length - _written < bytes)
            Grow(bytes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int bytes)
    {
        _output.Advance(_written);
        _free = _output.GetSpan(bytes);
        _written = 0;
    }
}
