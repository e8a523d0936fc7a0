using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace TypedChannels;

/// <summary>
/// Reads JSON forward for generated code. Each method takes what it names and says whether it was there, after white space or not; where
/// it was not, the whole reading ends, and begins again by metadata. So it never takes what System.Text.Json refuses, nor for another
/// value, but may refuse what is rare. It holds for any input.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct DirectReader
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly Span<byte> _scratch;
    private int _position;
    private int _depth;

    internal DirectReader(ReadOnlySpan<byte> text, Span<byte> scratch)
    {
        _text = text;
        _scratch = scratch;
    }

    /// <summary>Whether nothing but white space is left.</summary>
    internal bool IsAtEnd
    {
        get
        {
            SkipWhiteSpace();
            return _position == _text.Length;
        }
    }

    private readonly ReadOnlySpan<byte> Rest => _text[_position..];

    /// <summary>Takes the bytes if they come next: a name, with what is around it, as it is usually written.</summary>
    /// <param name="expected">The bytes.</param>
    /// <returns>Whether they came. If not, nothing is taken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(ReadOnlySpan<byte> expected)
    {
        if (!Rest.StartsWith(expected))
            return false;
        _position += expected.Length;
        return true;
    }

    /// <summary>Takes the start of an object and its first name as they are usually written.</summary>
    /// <param name="expected">Their bytes.</param>
    /// <returns>Whether they came. If not, nothing is taken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeStart(ReadOnlySpan<byte> expected)
    {
        if (_depth == EnvelopeReader.MaxMessageDepth || !TryTake(expected))
            return false;
        _depth++;
        return true;
    }

    /// <summary>Takes the start of an object, and its end if it is empty.</summary>
    /// <param name="hasMembers">Whether a member comes next.</param>
    /// <returns>Whether an object came.</returns>
    public bool TryStartObject(out bool hasMembers) => TryStart((byte)'{', (byte)'}', out hasMembers);

    /// <summary>Takes what follows a member: a comma, or the object's end.</summary>
    /// <param name="hasMore">Whether a member comes next.</param>
    /// <returns>Whether either came.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryContinueObject(out bool hasMore) => TryContinue((byte)'}', out hasMore);

    /// <summary>Takes the start of an array, and its end if it is empty.</summary>
    /// <param name="hasItems">Whether an item comes next.</param>
    /// <returns>Whether an array came.</returns>
    public bool TryStartArray(out bool hasItems) => TryStart((byte)'[', (byte)']', out hasItems);

    /// <summary>Takes what follows an item: a comma, or the array's end.</summary>
    /// <param name="hasMore">Whether an item comes next.</param>
    /// <returns>Whether either came.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryContinueArray(out bool hasMore) => TryContinue((byte)']', out hasMore);

    /// <summary>Takes a member's name and the colon.</summary>
    /// <param name="name">The name, unescaped; valid until the next call.</param>
    /// <returns>Whether a name came that needs no further look: those of metadata begin with <c>$</c>.</returns>
    public bool TryReadName(out ReadOnlySpan<byte> name)
    {
        if (!TryReadText(out name) || (name.Length > 0 && name[0] == '$') || !TryPeek(out var next) || next != ':')
            return false;
        _position++;
        return true;
    }

    /// <summary>Takes a name of a dictionary, and the colon.</summary>
    /// <param name="key">The name.</param>
    /// <returns>As of <see cref="TryReadName"/>.</returns>
    public bool TryReadKey(out string key)
    {
        var isRead = TryReadName(out var name);
        key = isRead ? Encoding.UTF8.GetString(name) : "";
        return isRead;
    }

    /// <summary>Takes <c>null</c>.</summary>
    /// <returns>Whether it came. If not, nothing is taken.</returns>
    public bool TryReadNull() => TryPeek(out var next) && next == 'n' && TryTake("null"u8);

    /// <summary>Takes any value, of a member that is not read.</summary>
    /// <returns>Whether a value came.</returns>
    public bool TrySkip()
    {
        if (!TryPeek(out var next))
            return false;
        if (next == '"')
            return TryReadText(out _);
        // With no depth left: a limit of 0 would be the parser's default one.
        if (_depth == EnvelopeReader.MaxMessageDepth && next is (byte)'{' or (byte)'[')
            return false;
        var reader = new Utf8JsonReader(Rest, new JsonReaderOptions { MaxDepth = EnvelopeReader.MaxMessageDepth - _depth });
        try
        {
            if (!reader.Read() || !reader.TrySkip())
                return false;
        }
        catch (JsonException)
        {
            return false;
        }
        _position += (int)reader.BytesConsumed;
        return true;
    }

    private bool TryStart(byte start, byte end, out bool hasContent)
    {
        hasContent = false;
        if (!TryPeek(out var next) || next != start || _depth == EnvelopeReader.MaxMessageDepth)
            return false;
        _position++;
        if (!TryPeek(out next))
            return false;
        hasContent = next != end;
        if (hasContent)
            _depth++;
        else
            _position++;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryContinue(byte end, out bool hasMore)
    {
        hasMore = false;
        if (!TryPeek(out var next))
            return false;
        _position++;
        if (next == ',')
        {
            hasMore = true;
            return true;
        }
        _depth--;
        return next == end;
    }

    /// <summary>The next byte that is no white space, which is not taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryPeek(out byte next)
    {
        if ((uint)_position < (uint)_text.Length && (next = _text[_position]) > ' ')
            return true;
        SkipWhiteSpace();
        var isLeft = (uint)_position < (uint)_text.Length;
        next = isLeft ? _text[_position] : (byte)0;
        return isLeft;
    }

    private void SkipWhiteSpace()
    {
        while ((uint)_position < (uint)_text.Length && _text[_position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            _position++;
    }
}
