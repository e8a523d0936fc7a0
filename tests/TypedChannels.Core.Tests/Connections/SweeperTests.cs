using Microsoft.Extensions.Time.Testing;

namespace TypedChannels.Tests.Connections;

public class SweeperTests
{
    [Fact]
    public void A_connection_whose_tick_fails_is_dropped_and_the_others_deadlines_are_still_looked_at()
    {
        var time = new FakeTimeProvider();
        using var sweeper = new Sweeper(time, TimeSpan.FromSeconds(1));
        var rigs = new[] { new Rig().Open(), new Rig().Open(), new Rig().Open() };
        rigs[1].Transport.Ticked = () => throw new InvalidOperationException("A logger fails.");
        foreach (var rig in rigs)
            sweeper.Add(rig.Connection);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.All(rigs, rig => Assert.Single(rig.Transport.Ticks));
        Assert.Equal([false, true, false], rigs.Select(rig => rig.Transport.IsAborted));
    }
}
