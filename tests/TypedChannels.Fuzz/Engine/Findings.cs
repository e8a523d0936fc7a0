using System.Diagnostics;

namespace TypedChannels.Fuzz.Engine;

/// <summary>Inputs that broke something: each kind once, made smaller, in a file, with how to replay it.</summary>
internal sealed class Findings(Target target, string folder, TextWriter output)
{
    private static readonly TimeSpan MaxShrinkTime = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _kinds = [];

    public int Count => _kinds.Count;

    public void Add(byte[] input, Exception exception)
    {
        var kind = Kind(exception);
        if (!_kinds.Add(kind))
            return;
        var small = Shrink(input, kind);
        var file = CorpusFiles.Write(folder, small);
        output.WriteLine($"FINDING {target.Name}: {exception}");
        output.WriteLine($"  {input.Length} bytes, made {small.Length}: {file}");
        output.WriteLine($"  replay: dotnet run -c Release --project tests/TypedChannels.Fuzz -- {target.Name} --input {file}");
    }

    /// <summary>What fails at the same place with the same words is the same. Values differ from input to input.</summary>
    private static string Kind(Exception exception)
    {
        var words = exception.Message.Split(':')[0];
        var place = exception.StackTrace?.Split('\n').FirstOrDefault(line => !line.Contains(nameof(Invariant), StringComparison.Ordinal));
        return $"{exception.GetType()} {words} {place}";
    }

    private byte[] Shrink(byte[] input, string kind)
    {
        var clock = Stopwatch.StartNew();
        for (var size = input.Length / 2; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= input.Length && clock.Elapsed < MaxShrinkTime;)
            {
                byte[] shorter = [.. input[..start], .. input[(start + size)..]];
                if (Fails(shorter, kind))
                    input = shorter;
                else
                    start += size;
            }
        }
        return input;
    }

    private bool Fails(byte[] input, string kind)
    {
        try
        {
            target.Run(input);
            return false;
        }
        catch (Exception exception)
        {
            return Kind(exception) == kind;
        }
    }
}
