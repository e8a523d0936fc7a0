namespace TypedChannels.Fuzz.Engine;

/// <summary>The inputs that mutations start from: the seeds, and whatever did something that none before it did.</summary>
internal sealed class Population
{
    private readonly List<byte[]> _inputs = [];
    private readonly HashSet<string> _outcomes = [];
    private int _seedCount;

    public int Count => _inputs.Count;

    public int OutcomeCount => _outcomes.Count;

    /// <summary>Adds an input that was there before any mutation.</summary>
    public void AddSeed(byte[] input)
    {
        Add(input);
        _seedCount = _inputs.Count;
    }

    public void Add(byte[] input) => _inputs.Add(input);

    public bool IsNewOutcome(string outcome) => _outcomes.Add(outcome);

    /// <summary>
    /// Every second time one of the last found, which are the way to what is not found yet; and often a seed, since the rest are
    /// mostly broken in several places.
    /// </summary>
    public byte[] Pick(Dice dice)
    {
        var recent = Math.Min(_inputs.Count, 64);
        if (dice.OneIn(2))
            return _inputs[^(1 + dice.Below(recent))];
        return _inputs[dice.Below(dice.OneIn(2) ? _seedCount : _inputs.Count)];
    }
}
