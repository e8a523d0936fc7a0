using CsCheck;

namespace TypedChannels.Tests.Wire;

public class TokenBucketTests
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(100);

    [Fact]
    public void A_full_bucket_gives_what_a_second_brings_and_no_more()
    {
        var bucket = new TokenBucket(10);
        for (var i = 0; i < 10; i++)
            Assert.True(bucket.TryTake(1, Start));
        Assert.False(bucket.TryTake(1, Start));
    }

    [Fact]
    public void What_was_taken_runs_in_again_evenly()
    {
        var bucket = new TokenBucket(10);
        Assert.True(bucket.TryTake(10, Start));
        Assert.False(bucket.TryTake(1, Start + TimeSpan.FromMilliseconds(99)));
        Assert.True(bucket.TryTake(1, Start + TimeSpan.FromMilliseconds(100)));
        Assert.False(bucket.TryTake(1, Start + TimeSpan.FromMilliseconds(199)));
        Assert.True(bucket.TryTake(10, Start + TimeSpan.FromMilliseconds(1100)));
    }

    [Fact]
    public void A_refusal_takes_nothing()
    {
        var bucket = new TokenBucket(10);
        Assert.True(bucket.TryTake(5, Start));
        Assert.False(bucket.TryTake(6, Start));
        Assert.True(bucket.TryTake(5, Start));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000_000)]
    [InlineData(int.MaxValue)]
    public void No_second_gives_more_than_twice_the_rate_whatever_is_asked(int perSecond) =>
        Gen.Select(Gen.Int[0, perSecond], Gen.Int[0, 400]).Array[1, 100].Sample(asked =>
        {
            var bucket = new TokenBucket(perSecond);
            var given = new List<(TimeSpan At, long Count)>();
            var now = Start;
            foreach (var (count, pause) in asked)
            {
                now += TimeSpan.FromMilliseconds(pause);
                if (bucket.TryTake(count, now))
                    given.Add((now, count));
                Assert.True(given.Where(one => now - one.At < TimeSpan.FromSeconds(1)).Sum(one => one.Count) <= 2L * perSecond);
            }
        });
}
