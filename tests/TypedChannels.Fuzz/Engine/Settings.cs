namespace TypedChannels.Fuzz.Engine;

/// <summary>What the command line says.</summary>
internal sealed record Settings(
    string Target, TimeSpan Time, ulong Seed, string? Corpus, string? Input, string Findings, bool UsesCoverage)
{
    public const string Help = """
        Gives mutated inputs to a part of the product and looks at what must always be true.

          dotnet run -c Release --project tests/TypedChannels.Fuzz -- <target>

          <target>          frames, assembler, envelope, readers, handshake, deflate or connection
          --seconds N       how long; until Ctrl+C where nothing is said
          --seed N          of all chance; 1 where nothing is said
          --corpus DIR      further inputs; what does something new is kept there
          --input FILE      runs this input alone
          --findings DIR    where failing inputs go; artifacts/fuzz/<target> where nothing is said
          --no-coverage     does not instrument the product: new is what has a new outcome

        The exit code is 1 where something was found, 2 where the command is wrong.
        """;

    private static readonly string[] WithValue = ["--seconds", "--seed", "--corpus", "--input", "--findings"];

    /// <summary>Null where the command is wrong.</summary>
    public static Settings? Parse(string[] arguments)
    {
        if (arguments is not [var target, .. var rest] || target.StartsWith('-'))
            return null;
        var values = new Dictionary<string, string>();
        var usesCoverage = true;
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == "--no-coverage")
                usesCoverage = false;
            else if (WithValue.Contains(rest[i]) && i + 1 < rest.Length)
                values[rest[i]] = rest[++i];
            else
                return null;
        }
        if (!double.TryParse(values.GetValueOrDefault("--seconds", "0"), out var seconds) || seconds < 0
            || !ulong.TryParse(values.GetValueOrDefault("--seed", "1"), out var seed))
            return null;
        return new Settings(
            target,
            seconds == 0 ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds),
            seed,
            values.GetValueOrDefault("--corpus"),
            values.GetValueOrDefault("--input"),
            values.GetValueOrDefault("--findings", Path.Combine("artifacts", "fuzz", target)),
            usesCoverage);
    }
}
