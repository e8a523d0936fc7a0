using System.Collections.Concurrent;

namespace TypedChannels.Conformance;

/// <summary>Runs cases against an endpoint, several at a time.</summary>
/// <param name="parallel">How many at a time: most of a case is waiting.</param>
/// <param name="seed">Of what is random.</param>
/// <param name="progress">Told each verdict.</param>
internal sealed class Runner(int parallel, int seed, Action<Verdict> progress)
{
    /// <summary>Runs each case in each way of cutting that it takes.</summary>
    public async Task<List<Verdict>> RunAsync(Endpoint endpoint, IEnumerable<Case> cases, IReadOnlyList<Chopping> choppings)
    {
        var verdicts = new ConcurrentBag<Verdict>();
        var runs =
            from test in cases
            let one = endpoint.Kind == EndpointKind.Channels ? ChannelCases.For(test) : test
            where one is not null
            from chopping in one.IsWholeOnly ? [Chopping.Whole] : choppings
            select (one, chopping);
        await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (run, _) =>
        {
            var verdict = await RunAsync(endpoint, run.one, run.chopping);
            verdicts.Add(verdict);
            progress(verdict);
        });
        return [.. verdicts];
    }

    private async Task<Verdict> RunAsync(Endpoint endpoint, Case test, Chopping chopping)
    {
        try
        {
            await using var link = await Link.OpenAsync(endpoint.Uri, test.Offer?.Extensions);
            if (test.Offer?.Demands.FirstOrDefault(demand => !link.Extensions.Contains(demand, StringComparison.Ordinal)) is { } missing)
                return new Verdict(test.Id, endpoint.Name, chopping, Judgement.Unimplemented, $"{missing} was not agreed to", "", 0);
            if (endpoint.Kind == EndpointKind.Channels)
                await ReadReadyAsync(link);
            var (judgement, behaviour, close, end) = await new CaseRun(test, link, chopping, seed).RunAsync();
            return new Verdict(test.Id, endpoint.Name, chopping, judgement, behaviour, close, end);
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or OperationCanceledException)
        {
            return new Verdict(test.Id, endpoint.Name, chopping, Judgement.Failed, exception.Message, "", 0);
        }
    }

    private static async Task ReadReadyAsync(Link link)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var ready = await link.Received.ReadAsync(patience.Token);
        if (!ready.Equals(Received.Text(ChannelCases.Ready)))
            throw new IOException($"The server's first message is {ready}.");
    }
}
