using System.Text;
using CsCheck;
using TypedChannels.Json.Tests.Oracle;

namespace TypedChannels.Json.Tests;

/// <summary>The oracle: System.Text.Json's own generator, over the same types with the same options.</summary>
public sealed class AgreesWithSystemTextJson
{
    public static TheoryData<string> Types => new(Cases.All.Select(c => c.Name));

    [Fact]
    public void Has_two_hundred_types_and_fifty_inputs_of_each_value()
    {
        Assert.True(Cases.All.Count >= 200, $"{Cases.All.Count} types");
        foreach (var text in Cases.All.SelectMany(c => c.Texts))
            Assert.True(Mutations.Of(text).Count() >= 50, text);
    }

    /// <summary>Both could agree on refusing all there is. Some types do not read what they write, and read a change of it.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void Reads_some_value_of_each_type(string type) => Assert.Contains(
        Cases.Named(type).Texts.SelectMany(text => Mutations.Of(text).Prepend(Encoding.UTF8.GetBytes(text))),
        input => !Cases.Named(type).Read(input).Ours.Contains("Exception", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Types))]
    public void Writes_the_same_bytes(string type)
    {
        foreach (var (ours, oracle) in Cases.Named(type).Written())
            Assert.Equal(oracle, ours);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Writes_the_same_bytes_with_the_relaxed_encoder(string type)
    {
        foreach (var (ours, oracle) in Cases.Named(type).WrittenRelaxed())
            Assert.Equal(oracle, ours);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Reads_what_it_wrote(string type)
    {
        foreach (var text in Cases.Named(type).Texts)
            AssertSame(Cases.Named(type), Encoding.UTF8.GetBytes(text));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Makes_the_same_of_hostile_input(string type)
    {
        foreach (var text in Cases.Named(type).Texts)
        {
            foreach (var input in Mutations.Of(text))
                AssertSame(Cases.Named(type), input);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Makes_the_same_of_inputs_hostile_in_several_places(string type)
    {
        var found = Cases.Named(type);
        var single = found.Texts.SelectMany(Mutations.Of).ToArray();
        // Two hostile inputs are cut and joined anywhere.
        Gen.Select(Gen.Int[0, single.Length - 1], Gen.Int[0, single.Length - 1], Gen.Double[0, 1])
            .Sample(
                (first, second, part) =>
                {
                    var cut = (int)(part * single[first].Length);
                    AssertSame(found, [.. single[first][..cut], .. single[second][Math.Min(cut, single[second].Length)..]]);
                },
                iter: 2_000);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Makes_the_same_of_what_is_no_object(string type)
    {
        foreach (var input in Mutations.NoObjects)
            AssertSame(Cases.Named(type), input);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(64)]
    public void Makes_the_same_of_nesting(int depth)
    {
        foreach (var input in Mutations.Nested(depth))
            AssertSame(Cases.Named(typeof(Corpus.Link).ToString()), input);
    }

    private static void AssertSame(Case type, ReadOnlySpan<byte> input)
    {
        var (ours, oracle) = type.Read(input);
        Assert.True(ours == oracle, $"{type.Name} of {Encoding.UTF8.GetString(input)}\nours:   {ours}\noracle: {oracle}");
    }
}
