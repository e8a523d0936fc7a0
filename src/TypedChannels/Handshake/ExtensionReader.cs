using System.Buffers;

namespace TypedChannels;

/// <summary>
/// Reads the value of <c>Sec-WebSocket-Extensions</c> (RFC 6455 §9.1) from left to right, in time that grows with its length.
/// </summary>
internal ref struct ExtensionReader(ReadOnlySpan<char> value)
{
    // RFC 9110 §5.6.2.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private ReadOnlySpan<char> _rest = value;
    private bool _hasOffer;

    /// <summary>Whether what was read so far is not what the RFC allows. Nothing more is read then.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Goes to the next offer, past the parameters of this one that were not read.</summary>
    public bool ReadOffer(out ReadOnlySpan<char> name)
    {
        while (_hasOffer && ReadParameter(out _, out _))
        {
        }
        name = default;
        // RFC 9110 §5.6.1.2: a list may have empty elements.
        _rest = _rest.TrimStart(" \t,");
        if (IsMalformed || _rest.IsEmpty)
            return false;
        return _hasOffer = ReadToken(out name) && EndsHere();
    }

    /// <summary>Reads the offer's next parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, without quotes; empty: it has none, for a value has at least one character.</param>
    public bool ReadParameter(out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        name = value = default;
        if (IsMalformed || !Skip(';'))
            return _hasOffer = false;
        return (ReadToken(out name) && (!Skip('=') || ReadValue(out value)) && EndsHere()) || (_hasOffer = false);
    }

    private bool ReadValue(out ReadOnlySpan<char> value)
    {
        if (!Skip('"'))
            return ReadToken(out value);
        // RFC 6455 §9.1: what stands in quotes must be a token when they are taken off; so no character of it needs a backslash.
        value = default;
        var isToken = !_rest.StartsWith(' ') && !_rest.StartsWith('\t') && ReadToken(out value);
        return (isToken && _rest.StartsWith('"') && Skip('"')) || Fail();
    }

    private bool ReadToken(out ReadOnlySpan<char> token)
    {
        _rest = _rest.TrimStart(" \t");
        var length = _rest.IndexOfAnyExcept(TokenCharacters);
        token = length < 0 ? _rest : _rest[..length];
        _rest = _rest[token.Length..];
        return !token.IsEmpty || Fail();
    }

    private bool Skip(char separator)
    {
        _rest = _rest.TrimStart(" \t");
        if (_rest.IsEmpty || _rest[0] != separator)
            return false;
        _rest = _rest[1..];
        return true;
    }

    /// <summary>Whether what follows is a further parameter, a further offer, or nothing.</summary>
    private bool EndsHere()
    {
        _rest = _rest.TrimStart(" \t");
        return _rest.IsEmpty || _rest[0] is ';' or ',' || Fail();
    }

    private bool Fail()
    {
        IsMalformed = true;
        return false;
    }
}
