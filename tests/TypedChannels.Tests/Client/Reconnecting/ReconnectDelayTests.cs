namespace TypedChannels.Tests.Client.Reconnecting;

public class ReconnectDelayTests
{
    private static ReconnectOptions Options(double chance) => new() { Chance = () => chance };

    [Fact]
    public void Bound_doubles_from_the_first_to_the_cap_and_stays_there()
    {
        var options = new ReconnectOptions { FirstDelay = TimeSpan.FromSeconds(1.5), MaxDelay = TimeSpan.FromSeconds(20) };
        Assert.Equal(
            [1.5, 3, 6, 12, 20, 20],
            Enumerable.Range(1, 6).Select(attempt => ReconnectDelay.Bound(attempt, options).TotalSeconds));
        Assert.Equal(options.MaxDelay, ReconnectDelay.Bound(int.MaxValue, options));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(0.999)]
    public void Delay_is_the_drawn_part_of_the_bound_down_to_none(double chance)
    {
        var options = Options(chance);
        foreach (var attempt in new[] { 1, 3, 10, 1000 })
            Assert.Equal(ReconnectDelay.Bound(attempt, options) * chance, ReconnectDelay.Before(attempt, options));
    }

    [Fact]
    public void What_is_drawn_by_default_lies_evenly_between_zero_and_one()
    {
        var drawn = Enumerable.Range(0, 10_000).Select(_ => ReconnectDelay.Draw()).ToArray();
        Assert.All(drawn, chance => Assert.InRange(chance, 0, Math.BitDecrement(1)));
        // A tenth has 1,000, with a deviation of 30: 300 off is ten of them.
        Assert.All(drawn.CountBy(chance => (int)(chance * 10)), tenth => Assert.InRange(tenth.Value, 700, 1300));
    }
}
