using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TypedChannels.Tests.Connections;

/// <summary>Adds up what one owner's meter tells, by instrument and labels: <c>limits_exceeded MaxFragments</c>.</summary>
internal sealed class MetricSink : IDisposable
{
    private const string Prefix = "typedchannels.server.";

    private readonly ConcurrentDictionary<string, long> _sums = new();
    private readonly ConcurrentQueue<(string Name, double Value)> _durations = new();
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte>> _labels = new();
    private readonly ConcurrentDictionary<string, byte> _meterTags = new();
    private readonly MeterListener _listener = new();

    /// <param name="scope">The owner.</param>
    public MetricSink(object scope)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != "TypedChannels" || !ReferenceEquals(instrument.Meter.Scope, scope))
                return;
            _instruments[instrument.Name] = instrument;
            foreach (var (_, value) in instrument.Meter.Tags ?? [])
                _meterTags[$"{value}"] = 0;
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var name = Name(instrument, tags);
            if (instrument.IsObservable)
                _sums[name] = value;
            else
                _sums.AddOrUpdate(name, value, (_, sum) => sum + value);
        });
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _durations.Enqueue((Name(instrument, tags), value)));
        _listener.Start();
    }

    /// <summary>The instruments and labels that were told of.</summary>
    public IEnumerable<string> Names => _sums.Keys.Union(_durations.Select(duration => duration.Name));

    /// <summary>All instruments there are, by name.</summary>
    public IReadOnlyDictionary<string, Instrument> Instruments => _instruments;

    /// <summary>The values of the meters' own tags.</summary>
    public IEnumerable<string> MeterTags => _meterTags.Keys;

    /// <summary>The sum so far, over all values of the labels that are not given; for what is observed, its value now.</summary>
    public long this[string name]
    {
        get
        {
            // A name that no instrument has would be zero for ever.
            Assert.True(_instruments.IsEmpty || _instruments.ContainsKey(Prefix + name.Split(' ')[0]), $"There is no instrument {name}.");
            _listener.RecordObservableInstruments();
            return _sums.Where(entry => Matches(entry.Key, name)).Sum(entry => entry.Value);
        }
    }

    /// <summary>The values of each label that were told of, as <c>instrument label value</c>.</summary>
    public IEnumerable<(string Instrument, string Label, string Value)> Labels =>
        from instrument in _labels
        from label in instrument.Value.Keys
        let parts = label.Split('=', 2)
        select (instrument.Key, parts[0], parts[1]);

    /// <summary>What a histogram was told, in seconds, over all values of the labels that are not given.</summary>
    public double[] Durations(string name) =>
        [.. _durations.Where(entry => Matches(entry.Name, name)).Select(entry => entry.Value)];

    public void Dispose() => _listener.Dispose();

    private static bool Matches(string full, string name) =>
        full.StartsWith(name, StringComparison.Ordinal) && (full.Length == name.Length || full[name.Length] == ' ');

    private string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name[Prefix.Length..];
        var labels = _labels.GetOrAdd(instrument.Name, _ => new());
        foreach (var (key, value) in tags)
        {
            name += $" {value}";
            labels[$"{key}={value}"] = 0;
        }
        return name;
    }
}
