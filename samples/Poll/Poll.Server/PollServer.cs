using TypedChannels;

namespace Poll;

/// <summary>What the server keeps of each connection.</summary>
public sealed class Voter
{
    public Drink? Drink { get; set; }
}

[ChannelServer<Voter>(Contracts = [typeof(Vote)])]
public sealed partial class PollServer
{
    // Handlers of different connections run at the same time: who counts first must tell first. A send or an emit only queues.
    private readonly Lock _order = new();

    public PollServer(ServerOptions options)
        : base(options)
    {
        OnConnect += connection =>
        {
            lock (_order)
                return connection.SendResultsAsync(Count());
        };
        OnVote += (connection, vote) =>
        {
            connection.Props.Drink = vote.Drink;
            return TellAllAsync();
        };
        OnDisconnect += (_, _) => TellAllAsync();
    }

    private ValueTask TellAllAsync()
    {
        lock (_order)
            return EmitResultsAsync(Count());
    }

    private Results Count()
    {
        var drinks = Connections.Select(connection => connection.Props.Drink).ToList();
        return new Results(drinks.Count(drink => drink == Drink.Tea), drinks.Count(drink => drink == Drink.Coffee));
    }
}
