using System.Text;
using System.Text.Json;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Makes hostile inputs of good ones: each is one change at one place.</summary>
internal static class Mutations
{
    /// <summary>What takes the place of a value. Some of it is no JSON at all.</summary>
    private static readonly string[] Fragments =
    [
        "null", "true", "false", "0", "-0", "-1", "1.5", "1.0", "1E2", "01", "+1", "256", "32768", "65536", "2147483648", "4294967296",
        "9223372036854775808", "18446744073709551616", "340282366920938463463374607431768211456", "1e400", "-1e400", "1e-400", "NaN", "Infinity",
        "123456789012345678901234567890.123456789", "\"\"", "\"x\"", "\"xy\"", "\"1\"", "\"1.5\"", "\"NaN\"", "\"Sad\"", "\"sad\"", "\" Sad\"", "\"SoSo\"", "\"so-so\"",
        "\"Read, Write\"", "\"Read,Write\"", "\"\\u0053ad\"", "\"\\ud83d\\ude00\"", "\"\\ud800\"", "\"\\ude00\"", "\"\\u0000\"", "\"\\q\"", "\"\u0001\"", "\"é\"",
        "\"2024-02-29\"", "\"2023-02-29\"", "\"2024-02-29T12:00:00Z\"", "\"2024-02-29T12:00:00+02:00\"", "\"12:34:56\"", "\"1.00:00:00\"", "\"25:00:00\"", "\"AAE=\"", "\"AAE\"",
        "\"http://example.org/a b\"", "\"1.2.3\"", "\"00000000-0000-0000-0000-000000000001\"", "\"{00000000-0000-0000-0000-000000000001}\"",
        "[]", "{}", "[1]", "[null]", "[[]]", "[\"a\"]", "[1,]", "[{}]", "{\"a\":1}", "{\"a\":null}", "{\"a\":1,\"a\":2}", "{\"$id\":\"1\"}", "{\"$ref\":\"1\"}", "{\"$type\":\"x\",\"a\":1}",
        "/* c */ 1", "// c\n1", "'a'", "undefined", "", " ", "1 1", "1,", "{", "[", "\"", "}", "]",
    ];

    /// <summary>The JSON names of the corpus' ignored members: present in the type, absent from what it writes.</summary>
    private static readonly string[] IgnoredNames = ["f", "g", "d", "b", "secret", "ignored", "callback", "ignoredAbove", "hiddenByIgnored", "F"];

    /// <summary>What no value of a record is written as, but for one that is empty.</summary>
    public static IEnumerable<byte[]> NoObjects =>
        new[] { "", " ", "null", "1", "\"x\"", "[]", "[{}]", "true", "{}", "{\"x\":1}", "{}{}", "\uFEFF{}" }.Select(Encoding.UTF8.GetBytes);

    public static IEnumerable<byte[]> Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var (start, end, isValue) in Tokens(bytes))
        {
            var token = Encoding.UTF8.GetString(bytes, start, end - start);
            if (isValue)
            {
                foreach (var fragment in Fragments)
                    yield return Replace(bytes, start, end, fragment);
                // Bytes that are not UTF-8.
                yield return [.. bytes[..start], (byte)'"', 0xC3, 0x28, (byte)'"', .. bytes[end..]];
                continue;
            }

            // A name: other names, the same name escaped, in another case, twice.
            var value = Tokens(bytes).First(t => t.Start > end && t.IsValue);
            var member = Encoding.UTF8.GetString(bytes, start, value.End - start);
            yield return Replace(bytes, start, end, "\"unknown\"");
            foreach (var name in IgnoredNames)
            {
                yield return Replace(bytes, start, end, $"\"{name}\"");
                yield return Replace(bytes, start, start, $"\"{name}\":1,");
                yield return Replace(bytes, start, start, $"\"{name}\":null,\"{name}\":[{{}}],");
            }

            yield return Replace(bytes, start, end, "\"\"");
            // The number of an enum, where a dictionary has enums as its keys.
            yield return Replace(bytes, start, end, "\"1\"");
            yield return Replace(bytes, start, end, "\"$type\"");
            yield return Replace(bytes, start, end, token.ToUpperInvariant());
            yield return Replace(bytes, start, end, Escaped(token));
            yield return Replace(bytes, start, end, "\"\\ud800\"");
            yield return Replace(bytes, start, end, "1");
            yield return Replace(bytes, start, start, member + ",");
            yield return Replace(bytes, start, start, $"{Escaped(token)}:{Encoding.UTF8.GetString(bytes, value.Start, value.End - value.Start)},");
            yield return Replace(bytes, start, start, $"{token}:null,");
            yield return Replace(bytes, start, start, "\"unknown\":{\"deep\":[1,{}]},\"unknown\":1,");
            yield return Replace(bytes, value.End, value.End, ",");
            yield return Replace(bytes, start, value.End, "");
            // The member is missing.
            if (bytes[value.End] == ',')
                yield return Replace(bytes, start, value.End + 1, "");
            else if (bytes[start - 1] == ',')
                yield return Replace(bytes, start - 1, value.End, "");
            else
                yield return Replace(bytes, start, value.End, "");
        }

        for (var length = 0; length < bytes.Length; length++)
            yield return bytes[..length];
        foreach (var suffix in new[] { " ", "\n", ",", "}", "1", "/**/", "//", "null", "{}" })
            yield return Replace(bytes, bytes.Length, bytes.Length, suffix);
        yield return [0xEF, 0xBB, 0xBF, .. bytes];
    }

    /// <summary>Nesting of a <see cref="Corpus.Link"/>, and in a member of it that nobody reads.</summary>
    public static IEnumerable<byte[]> Nested(int depth) =>
    [
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"id\":1,\"next\":", depth)) + "null" + new string('}', depth)),
        Encoding.UTF8.GetBytes("{\"id\":1,\"next\":null,\"x\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}"),
    ];

    /// <summary>Each name, and each value with all that it contains.</summary>
    private static List<(int Start, int End, bool IsValue)> Tokens(byte[] bytes)
    {
        var tokens = new List<(int Start, int End, bool IsValue)>();
        var open = new Stack<int>();
        var reader = new Utf8JsonReader(bytes);
        while (reader.Read())
        {
            var (start, end) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    open.Push(start);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    tokens.Add((open.Pop(), end, true));
                    break;
                case JsonTokenType.PropertyName:
                    tokens.Add((start, Array.IndexOf(bytes, (byte)':', start + reader.ValueSpan.Length + 1), false));
                    break;
                default:
                    tokens.Add((start, end, true));
                    break;
            }
        }

        tokens.Sort();
        return tokens;
    }

    private static string Escaped(string name) => name.Length > 2 ? $"\"\\u{(int)name[1]:x4}{name[2..]}" : name;

    private static byte[] Replace(byte[] bytes, int start, int end, string by) => [.. bytes[..start], .. Encoding.UTF8.GetBytes(by), .. bytes[end..]];
}
