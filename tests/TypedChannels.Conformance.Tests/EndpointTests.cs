namespace TypedChannels.Conformance.Tests;

/// <summary>Each case against the product, in the short form of the long groups.</summary>
public class EndpointTests
{
    // Most of a case is waiting.
    private const int Parallel = 64;

    [Theory]
    [InlineData("echo over ws")]
    [InlineData("channels over ws")]
    public Task Each_case_is_OK_with_bytes_whole_and_one_by_one(string endpoint) =>
        EachIsOkAsync(endpoint, Chopping.Whole, Chopping.OneByte);

    [Theory]
    [InlineData("echo over wss")]
    [InlineData("channels over wss")]
    public Task Each_case_is_OK_with_bytes_cut_at_random_and_by_the_kilobyte(string endpoint) =>
        EachIsOkAsync(endpoint, Chopping.Random, Chopping.OneKilobyte);

    private static async Task EachIsOkAsync(string name, params Chopping[] choppings)
    {
        await using var endpoints = await BuiltInEndpoints.StartAsync();
        var endpoint = endpoints.All.Single(one => one.Name == name);
        var verdicts = await new Runner(Parallel, seed: 1, _ => { }).RunAsync(endpoint, CaseTable.All(isShort: true), choppings);
        Assert.InRange(verdicts.Count, 500, 1500);
        Assert.DoesNotContain(verdicts, verdict => verdict.Judgement is not (Judgement.Ok or Judgement.Informational));
        // Those that RFC 6455 leaves open, and no others.
        Assert.Equal(
            ["7.1.6", "7.13.1", "7.13.2"],
            verdicts.Where(verdict => verdict.Judgement == Judgement.Informational).Select(verdict => verdict.Case).Distinct().Order());
    }
}
