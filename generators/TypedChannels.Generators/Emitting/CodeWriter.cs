using System.Text;

namespace TypedChannels.Generators;

/// <summary>Collects indented lines that end in <c>\n</c> on every system.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line; an empty one without spaces, a directive at the margin.</summary>
    public CodeWriter Line(string line = "")
    {
        if (line.Length > 0 && line[0] != '#')
            _text.Append(' ', _depth * 4);
        _text.Append(line).Append('\n');
        return this;
    }

    public CodeWriter Open(string line = "")
    {
        if (line.Length > 0)
            Line(line);
        Line("{");
        _depth++;
        return this;
    }

    public CodeWriter Close(string end = "}")
    {
        _depth--;
        return Line(end);
    }

    public override string ToString() => _text.ToString();
}
