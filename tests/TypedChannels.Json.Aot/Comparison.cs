using System.Text;
using TypedChannels.Json.Tests.Corpus;
using TypedChannels.Json.Tests.Oracle;

namespace TypedChannels.Json.Aot;

/// <summary>Asks what AgreesWithSystemTextJson and CodecsAgreeWithMetadata ask, counts, and prints each difference.</summary>
internal sealed class Comparison
{
    // Who sees as many needs no more of them.
    private const int MaxPrinted = 100;

    private const int JoinedInputs = 200;

    private int _types;
    private int _codecs;
    private int _values;
    private int _inputs;
    private long _seen;

    public int Differences { get; private set; }

    /// <summary>The generated context beside System.Text.Json's.</summary>
    public void Compare(Case type)
    {
        _types++;
        Compare(type.Name, type.Texts, type.Written(), input => type.Read(input));
        foreach (var (ours, oracle) in type.WrittenRelaxed())
            Same(type.Name, "writing with the relaxed encoder"u8, ours, oracle);
    }

    /// <summary>The codec that reads and writes directly beside the generated context.</summary>
    public void Compare(CodecCase type)
    {
        if (!type.IsDirect)
            return;
        _codecs++;
        Compare(type.Name, type.Texts, type.Written(), input => type.Read(input));
    }

    /// <summary>The same in JIT and natively, to the last character of what was seen of objects and exceptions.</summary>
    public override string ToString() => $"{_types} types, {_codecs} codecs, {_values} values, {_inputs} inputs, {Differences} differences, {_seen} characters";

    private void Compare(string type, IReadOnlyList<string> texts, IEnumerable<(string First, string Second)> written, Func<byte[], (string First, string Second)> read)
    {
        foreach (var (first, second) in written)
        {
            _values++;
            Same(type, "writing"u8, first, second);
        }

        foreach (var input in InputsOf(type, texts))
        {
            _inputs++;
            var (first, second) = read(input);
            Same(type, input, first, second);
        }
    }

    private static IEnumerable<byte[]> InputsOf(string type, IReadOnlyList<string> texts)
    {
        var hostile = texts.SelectMany(Mutations.Of).ToArray();
        return
        [
            .. texts.Select(Encoding.UTF8.GetBytes),
            .. hostile,
            .. Joined(hostile),
            .. Mutations.NoObjects,
            .. type == typeof(Link).ToString() ? new[] { 31, 32, 33, 64 }.SelectMany(Mutations.Nested) : [],
        ];
    }

    /// <summary>Two hostile inputs, cut and joined anywhere.</summary>
    private static IEnumerable<byte[]> Joined(byte[][] hostile)
    {
        var random = new Random(1);
        for (var i = 0; i < JoinedInputs; i++)
        {
            var (first, second) = (hostile[random.Next(hostile.Length)], hostile[random.Next(hostile.Length)]);
            var cut = random.Next(first.Length + 1);
            yield return [.. first[..cut], .. second[Math.Min(cut, second.Length)..]];
        }
    }

    private void Same(string type, ReadOnlySpan<byte> what, string first, string second)
    {
        _seen += first.Length;
        if (first != second && ++Differences <= MaxPrinted)
            Console.WriteLine($"{type}, {Line(Encoding.UTF8.GetString(what))}: {Line(first)}, and not {Line(second)}");
    }

    private static string Line(string text) => text.ReplaceLineEndings(" ");
}
