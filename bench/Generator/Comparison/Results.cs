using System.Globalization;

namespace TypedChannels.LoadGenerator.Comparison;

/// <summary>What was measured: of each server and measure, a value a round.</summary>
internal sealed class Results
{
    private readonly Dictionary<(string Server, string Measure), List<double>> _values = [];

    /// <summary>In the order of the measurements.</summary>
    public List<string> Servers { get; } = [];

    /// <exception cref="LoadException">A line is not understood.</exception>
    public static Results Read(string file)
    {
        var results = new Results();
        foreach (var line in File.ReadLines(file))
        {
            if (line.Split(',') is not [var server, var measure, var text]
                || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                throw new LoadException($"Not a result: {line}");
            results.Add(server, measure, value);
        }
        return results;
    }

    public bool Has(string measure) => _values.Keys.Any(key => key.Measure == measure);

    /// <summary>Null: there is none.</summary>
    public double? Median(string server, string measure)
    {
        if (!_values.TryGetValue((server, measure), out var values))
            return null;
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private void Add(string server, string measure, double value)
    {
        if (!Servers.Contains(server))
            Servers.Add(server);
        if (!_values.TryGetValue((server, measure), out var values))
            _values.Add((server, measure), values = []);
        values.Add(value);
    }
}
