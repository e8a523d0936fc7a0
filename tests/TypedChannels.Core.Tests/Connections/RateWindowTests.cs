using CsCheck;

namespace TypedChannels.Tests.Connections;

public class RateWindowTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void No_span_of_its_length_has_more_than_its_limit_wherever_the_span_begins()
    {
        Gen.Int[0, 400].Array[1, 200].Sample(pauses =>
        {
            var window = new RateWindow(3, Second);
            var counted = new List<TimeSpan>();
            var now = TimeSpan.Zero;
            foreach (var pause in pauses)
            {
                now += TimeSpan.FromMilliseconds(pause);
                var mayCount = counted.Count(at => now - at < Second) < 3;
                Assert.Equal(mayCount, window.TryCount(now));
                if (mayCount)
                    counted.Add(now);
            }
        });
    }

    [Fact]
    public void A_limit_of_none_counts_nothing()
    {
        var window = new RateWindow(0, Second);
        Assert.False(window.TryCount(TimeSpan.Zero));
        Assert.False(window.TryCount(Second * 100));
    }
}
