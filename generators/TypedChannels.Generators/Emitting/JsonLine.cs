using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace TypedChannels.Generators;

/// <summary>Writes a JSON object in ASCII on one line. What is null, 0, false or empty is left out: absent means the usual.</summary>
internal sealed class JsonLine
{
    private readonly StringBuilder _text = new("{");

    public JsonLine Text(string name, string? value) => Raw(name, value is null ? null : Quote(value));

    public JsonLine Number(string name, int value) => Raw(name, value == 0 ? null : value.ToString(CultureInfo.InvariantCulture));

    public JsonLine Flag(string name, bool value, bool otherwise = false) =>
        Raw(name, value == otherwise ? null : value ? "true" : "false");

    public JsonLine List(string name, IEnumerable<string> items)
    {
        var text = string.Join(",", items);
        return Raw(name, text.Length == 0 ? null : "[" + text + "]");
    }

    public JsonLine Raw(string name, string? json)
    {
        if (json is not null)
            _text.Append(_text.Length > 1 ? "," : "").Append('"').Append(name).Append("\":").Append(json);
        return this;
    }

    public override string ToString() => _text + "}";

    /// <summary>A JSON string. JSON so written never has three quotes in a row, which a raw string literal could not hold.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~')
                quoted.Append(c);
            else
                quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }
        return quoted.Append('"').ToString();
    }
}
