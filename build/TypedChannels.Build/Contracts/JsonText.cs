using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace TypedChannels.Build;

/// <summary>
/// Reads JSON into dictionaries, lists, strings, bools, numbers (as their text) and null. Of its own, since System.Text.Json comes in other
/// versions with each MSBuild; it is only for what our own generator wrote.
/// </summary>
internal sealed class JsonText
{
    /// <summary>A number as it was written.</summary>
    public sealed record Number(string Text);

    private readonly string _text;
    private int _at;

    private JsonText(string text) => _text = text;

    /// <exception cref="FormatException">It is not JSON.</exception>
    public static object? Parse(string text)
    {
        var reader = new JsonText(text);
        var value = reader.Value();
        return reader.Next() == '\0' ? value : throw reader.Wrong();
    }

    private char Next()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\n' or '\r' or '\t')
            _at++;
        return _at < _text.Length ? _text[_at] : '\0';
    }

    private object? Value() => Next() switch
    {
        '{' => Object(),
        '[' => Array(),
        '"' => String(),
        't' => Word("true", true),
        'f' => Word("false", false),
        'n' => Word("null", null),
        _ => ReadNumber(),
    };

    private Dictionary<string, object?> Object()
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (Take('{'); Next() != '}';)
        {
            if (members.Count > 0)
                Take(',');
            Next();
            var name = String();
            Take(':');
            members.Add(name, Value());
        }
        Take('}');
        return members;
    }

    private List<object?> Array()
    {
        var items = new List<object?>();
        for (Take('['); Next() != ']';)
        {
            if (items.Count > 0)
                Take(',');
            items.Add(Value());
        }
        Take(']');
        return items;
    }

    private string String()
    {
        var text = new StringBuilder();
        for (Take('"'); _at < _text.Length && _text[_at] != '"'; _at++)
        {
            if (_text[_at] != '\\')
                text.Append(_text[_at]);
            else if (_text[++_at] != 'u')
                text.Append(_text[_at]);
            else
                text.Append((char)ushort.Parse(_text.Substring((_at += 4) - 3, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
        Take('"');
        return text.ToString();
    }

    private object? Word(string word, object? value)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
            throw Wrong();
        _at += word.Length;
        return value;
    }

    private Number ReadNumber()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is '-' or '+' or '.' or 'e' or 'E' or (>= '0' and <= '9'))
            _at++;
        return _at > start ? new Number(_text.Substring(start, _at - start)) : throw Wrong();
    }

    private void Take(char expected)
    {
        if (Next() != expected)
            throw Wrong();
        _at++;
    }

    private FormatException Wrong() => new($"The manifest is no JSON at its character {_at.ToString(CultureInfo.InvariantCulture)}.");
}
