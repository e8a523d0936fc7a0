using System.Diagnostics;

namespace TypedChannels.Fuzz.Engine;

/// <summary>Mutates inputs and runs them, one after another, until the time or the count is over.</summary>
internal sealed class FuzzRun(Target target, ulong seed, Findings findings, TextWriter output, CoverageMap? coverage = null)
{
    private const int MaxMutations = 5;
    private const int MaxFindings = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Dice _dice = new(seed);
    private readonly Population _population = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _started;

    public long MaxRuns { get; init; } = long.MaxValue;

    public TimeSpan MaxTime { get; init; } = TimeSpan.MaxValue;

    /// <summary>Where inputs that did something new are kept; null: nowhere.</summary>
    public string? KeepIn { get; init; }

    public CancellationToken Stop { get; init; }

    public long Runs { get; private set; }

    /// <summary>The input that is running. Another thread may look whether it ends.</summary>
    public byte[] Current { get; private set; } = [];

    /// <summary>How long it has been running.</summary>
    public TimeSpan CurrentAge => Stopwatch.GetElapsedTime(Volatile.Read(ref _started));

    public string Progress => $"{target.Name}: {Runs} runs, {Runs / _clock.Elapsed.TotalSeconds:0}/s, {_population.OutcomeCount} outcomes, "
        + (coverage is null ? "" : $"{coverage.EdgeCount} edges, ") + $"{_population.Count} inputs, {findings.Count} findings";

    public void Go(IEnumerable<byte[]> seeds)
    {
        foreach (var input in seeds)
        {
            Run(input);
            _population.AddSeed(input);
        }
        if (_population.Count == 0)
            _population.AddSeed([]);
        for (var told = _clock.Elapsed; !IsOver;)
        {
            var input = Mutate();
            if (Run(input))
                Keep(input);
            if (_clock.Elapsed - told < Pause)
                continue;
            told = _clock.Elapsed;
            output.WriteLine(Progress);
        }
        output.WriteLine($"{Progress}; {_clock.Elapsed.TotalSeconds:0} s, seed {seed}");
    }

    private bool IsOver =>
        Runs >= MaxRuns || _clock.Elapsed >= MaxTime || findings.Count >= MaxFindings || Stop.IsCancellationRequested;

    private byte[] Mutate()
    {
        var input = _population.Pick(_dice);
        for (var count = 1 + _dice.Below(MaxMutations); count > 0; count--)
        {
            input = target.Mutate(input, _population.Pick(_dice), _dice);
            if (input.Length > target.MaxInputBytes)
                input = input[..target.MaxInputBytes];
        }
        return input;
    }

    /// <summary>Whether the input did something new.</summary>
    private bool Run(byte[] input)
    {
        Runs++;
        Current = input;
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        coverage?.Clear();
        try
        {
            var outcome = target.Run(input);
            return _population.IsNewOutcome(outcome) | (coverage?.AddNew() ?? false);
        }
        catch (Exception exception)
        {
            findings.Add(input, exception);
            return false;
        }
    }

    private void Keep(byte[] input)
    {
        _population.Add(input);
        if (KeepIn is not null)
            CorpusFiles.Write(KeepIn, input);
    }
}
