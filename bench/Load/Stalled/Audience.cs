namespace TypedChannels.Load;

/// <summary>Many subscribers, and what those of them hear that are measured.</summary>
internal sealed class Audience(ServerProcess server, Samples samples) : IDisposable
{
    private const int DialledAtOnce = 64;

    private readonly List<Subscriber> _members = [];

    public int Count => _members.Count;

    public IReadOnlyList<Subscriber> Members => _members;

    public async Task ConnectAsync(int count, Kind kind, CancellationToken stop)
    {
        var pace = new ParallelOptions { MaxDegreeOfParallelism = DialledAtOnce, CancellationToken = stop };
        await Parallel.ForAsync(
            0, count, pace,
            async (index, cancellationToken) =>
            {
                var connection = await RawConnection.OpenAsync(server.Port, kind, kind == Kind.Stalling, cancellationToken);
                var subscriber = new Subscriber(connection, isMeasured: kind == Kind.Honest);
                lock (_members)
                    _members.Add(subscriber);
                _ = subscriber.RunAsync(samples);
            });
    }

    /// <summary>Has each answer, at any moment of a time, a ping that was not sent: the next ones then do not all come at once.</summary>
    public async Task SpreadPingsAsync(TimeSpan time, CancellationToken stop)
    {
        var random = new Random(1);
        var moments = _members.Select(member => (Member: member, At: time * random.NextDouble())).ToArray();
        await Task.WhenAll(moments.Select(async one =>
        {
            await Task.Delay(one.At, stop);
            await one.Member.SendPongAsync();
        }));
    }

    /// <summary>How many broadcasts they have not heard, or not in order, up to this one, for which they are given some time.</summary>
    public async Task<long> CountLostAsync(long last, CancellationToken stop)
    {
        for (var i = 0; i < 100 && _members.Exists(member => member.Last < last); i++)
            await Task.Delay(100, stop);
        return _members.Sum(member => member.Lost + last - member.Last);
    }

    public void Dispose()
    {
        foreach (var member in _members)
            member.Dispose();
        _members.Clear();
    }
}
