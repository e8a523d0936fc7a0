namespace TypedChannels.Load;

/// <summary>A row of the table of hostile inputs: what is sent, and how often.</summary>
/// <param name="Row">Its name there.</param>
/// <param name="What">What a connection does.</param>
internal sealed record Attack(string Row, string What)
{
    private static readonly byte[] CloseFrame = ClientFrame.Encode(ClientFrame.Close, [3, 232]);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Sent once, before <see cref="Chunk"/>.</summary>
    public byte[] First { get; init; } = [];

    /// <summary>Sent over and over.</summary>
    public byte[] Chunk { get; init; } = [];

    /// <summary>How many bytes of chunks a connection sends at most.</summary>
    public long Bytes { get; init; } = long.MaxValue;

    /// <summary>How many connections begin in a second; 0: one, for all the time.</summary>
    public double PerSecond { get; init; }

    /// <summary>Whether no rule is broken: the connection ends itself, when all is handled.</summary>
    public bool IsValid { get; init; }

    /// <summary>What is done where it is more than sending chunks.</summary>
    public Func<Field, Task>? Own { get; init; }

    public Task RunAsync(Field field)
    {
        if (Own is not null)
            return Own(field);
        return PerSecond == 0 ? RunOneAsync(field) : field.RepeatAsync(PerSecond, _ => RunOneAsync(field));
    }

    private async Task RunOneAsync(Field field)
    {
        using var connection = await AttackConnection.OpenAsync(field);
        var isOpen = First.Length == 0 || await connection.SendAsync(First);
        for (var left = Bytes; isOpen && left > 0 && !(IsValid && field.IsOver); left -= Chunk.Length)
            isOpen = await connection.SendAsync(Chunk);
        if (IsValid)
            await connection.SendAsync(CloseFrame);
        var ending = await connection.EndAsync(Patience);
        // An end by the attacker's own wish has no time to keep.
        if (!IsValid || ending.CloseCode != 1000)
            field.Ended(ending);
    }
}
