using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TypedChannels.Tests.Connections;

/// <summary>Adds up what one owner's meter tells, by instrument and label: <c>limits_exceeded MaxFragments</c>.</summary>
internal sealed class MetricSink : IDisposable
{
    private const string Prefix = "typedchannels.server.";

    private readonly ConcurrentDictionary<string, long> _sums = new();
    private readonly MeterListener _listener = new();

    /// <param name="scope">The owner.</param>
    public MetricSink(object scope)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "TypedChannels" && ReferenceEquals(instrument.Meter.Scope, scope))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var label = tags.IsEmpty ? "" : $" {tags[0].Value}";
            var name = instrument.Name[Prefix.Length..] + label;
            if (instrument.IsObservable)
                _sums[name] = value;
            else
                _sums.AddOrUpdate(name, value, (_, sum) => sum + value);
        });
        _listener.Start();
    }

    /// <summary>The instruments and labels that were told of.</summary>
    public IEnumerable<string> Names => _sums.Keys;

    /// <summary>The sum so far; for what is observed, its last value.</summary>
    public long this[string name] => _sums.GetValueOrDefault(name);

    public MetricSink Observe()
    {
        _listener.RecordObservableInstruments();
        return this;
    }

    public void Dispose() => _listener.Dispose();
}
