using System.Text;
using TypedChannels.Fuzz.Engine;

namespace TypedChannels.Fuzz.Mutating;

/// <summary>One change to JSON text, by its tokens. What is no JSON is cut into tokens as far as it goes.</summary>
internal static class JsonMutator
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "-1", "1.5", "1e2", "01", "+1", ".5", "1.", "255", "256", "-129", "65536", "2147483648",
        "-2147483649",
        "9223372036854775808", "18446744073709551616", "340282366920938463463374607431768211456", "1e400", "1e-400",
        "79228162514264337593543950336",
        "0.1234567890123456789012345678901", "NaN", "\"\"", "\"x\"", "\"xy\"", "\"1\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"",
        "\"\\ud800\"", "\"\\udc00\"",
        "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"", "\"\\x\"", "\"\\u12\"", "\"Low\"", "\"low\"", "\"Low, High\"", "\"Readable\"",
        "\"Readable, Writable\"",
        "\"2024-02-29\"", "\"2024-02-29T23:59:59.9999999Z\"", "\"2024-02-29T12:00:00+14:00\"", "\"0001-01-01T00:00:00+14:00\"",
        "\"9999-12-31T23:59:59-14:00\"",
        "\"23:59:59.9999999\"", "\"10675199.02:48:05.4775807\"", "\"-10675199.02:48:05.4775808\"", "\"24:00:00\"", "\"AAEC\"", "\"AAE\"",
        "\"A A=\"",
        "\"http://example.org/\\u00e9?q#f\"", "\"/relative\"", "\"//\"", "\"1.2\"", "\"1.2.3.4\"", "\"1\"", "\"2147483648.0\"",
        "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"", "\"6f9619ff8b86d011b42d00c04fc964ff\"", "[]", "{}", "[null]", "[[]]", "[1,2]",
        "{\"a\":1}", "{\"a\":1,\"a\":2}",
        "{\"$type\":\"x\"}", "\"chat\"", "\"channel\"", "\"message\"", "\"ch\\u0061nnel\"", "\"\\u006dessage\"", "\"_system:error\"",
    ];

    private static readonly string[] Marks = ["{", "}", "[", "]", ",", ":", " ", "\n", "\t", "\"", "\\", "/**/", "//", "\uFEFF", "'", "\0"];

    public static byte[] Mutate(byte[] input, byte[] other, Dice dice)
    {
        var tokens = Tokens(input);
        if (tokens.Count == 0 || dice.OneIn(10))
            return ByteMutator.Mutate(input, other, dice);
        var (start, end) = dice.Of(tokens);
        var token = input[start..end];
        return dice.Below(12) switch
        {
            0 or 1 or 2 => Replace(input, start, end, dice.Utf8(Values)),
            3 => Replace(input, start, end, dice.Utf8(Marks)),
            4 => Replace(input, start, start, dice.Utf8(Marks)),
            5 => Replace(input, start, end, []),
            6 => Replace(input, start, end, Escape(token, dice)),
            7 => Replace(input, start, end, Nest(token, dice)),
            8 => Replace(input, start, end, Lengthen(token, dice)),
            9 => Repeat(input, tokens, dice),
            10 => Replace(input, start, end, Utf8Pieces.Insert(token, dice)),
            _ => Replace(input, start, end, Tokens(other) is { Count: > 0 } source ? Any(other, source, dice) : token),
        };
    }

    /// <summary>Strings, numbers with names, and single marks; white space is nobody's.</summary>
    private static List<(int Start, int End)> Tokens(byte[] input)
    {
        var tokens = new List<(int, int)>();
        for (var start = 0; start < input.Length;)
        {
            var end = start + 1;
            if (input[start] == '"')
            {
                while (end < input.Length && input[end] != '"')
                    end += input[end] == '\\' ? 2 : 1;
                end = Math.Min(input.Length, end + 1);
            }
            else if (IsWord(input[start]))
            {
                while (end < input.Length && IsWord(input[end]))
                    end++;
            }
            if (input[start] is not ((byte)' ' or (byte)'\n'))
                tokens.Add((start, end));
            start = end;
        }
        return tokens;
    }

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'+' or (byte)'.';

    /// <summary>A character of a string by its number, or a further one of those that look special somewhere.</summary>
    private static byte[] Escape(byte[] token, Dice dice)
    {
        if (token.Length < 3 || token[0] != '"')
            return token;
        var at = 1 + dice.Below(token.Length - 2);
        var special = dice.Of([dice.Below(0x20), 0x7F + dice.Below(0x22), 0x2028, 0xFEFF, 0xFFFF]);
        if (dice.OneIn(2))
            return Replace(token, at, at, Encoding.ASCII.GetBytes($"\\u{special:x4}"));
        return Replace(token, at, at + 1, Encoding.ASCII.GetBytes(dice.OneIn(2) ? $"\\u{token[at]:x4}" : $"\\u{token[at]:X4}"));
    }

    /// <summary>As deep as is allowed, or a little deeper or less.</summary>
    private static byte[] Nest(byte[] token, Dice dice)
    {
        var depth = dice.Of([1, 2, 29, 30, 31, 32, 33, 64]);
        return dice.OneIn(2)
            ? [.. Enumerable.Repeat((byte)'[', depth), .. token, .. Enumerable.Repeat((byte)']', depth)]
            : [.. Enumerable.Repeat("{\"next\":"u8.ToArray(), depth).SelectMany(b => b), .. token, .. Enumerable.Repeat((byte)'}', depth)];
    }

    private static byte[] Lengthen(byte[] token, Dice dice)
    {
        var at = dice.Below(token.Length);
        return Replace(token, at, at, [.. Enumerable.Repeat(token[at], 1 + dice.Small(300))]);
    }

    /// <summary>A stretch of tokens twice: a member, an element, or half of each.</summary>
    private static byte[] Repeat(byte[] input, List<(int Start, int End)> tokens, Dice dice)
    {
        var first = dice.Below(tokens.Count);
        var last = Math.Min(tokens.Count - 1, first + dice.Below(6));
        var part = input[tokens[first].Start..tokens[last].End];
        var at = dice.OneIn(2) ? tokens[first].Start : dice.Of(tokens).Start;
        return Replace(input, at, at, dice.OneIn(2) ? [.. part, (byte)','] : part);
    }

    private static byte[] Any(byte[] input, List<(int Start, int End)> tokens, Dice dice)
    {
        var first = dice.Below(tokens.Count);
        var last = Math.Min(tokens.Count - 1, first + dice.Small(16));
        return input[tokens[first].Start..tokens[last].End];
    }

    private static byte[] Replace(byte[] input, int start, int end, byte[] by) => [.. input[..start], .. by, .. input[end..]];
}
