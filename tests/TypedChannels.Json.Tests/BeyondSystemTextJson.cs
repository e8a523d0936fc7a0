using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests;

/// <summary>The intended differences from System.Text.Json's generator. docs/json.md has a row for each.</summary>
public sealed partial class BeyondSystemTextJson
{
    private static readonly ChannelJsonContext Ours = ChannelJsonContext.Default;

    private static readonly Beyond Value = new(
        new([1, 2]), FrozenSet.ToFrozenSet(["a"]), FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create(1, "x")]), new([3]), new(new Dictionary<string, int> { ["k"] = 1 }), new(new HashSet<int> { 4 }));

    [Fact]
    public void Reads_the_collections_that_it_only_writes()
    {
        var text = JsonSerializer.Serialize(Value, Oracle.Default.Beyond);
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize(text, Oracle.Default.Beyond));

        Assert.Equal(text, JsonSerializer.Serialize(Value, Ours.Beyond));
        var read = JsonSerializer.Deserialize(text, Ours.Beyond)!;
        Assert.Equal(text, JsonSerializer.Serialize(read, Ours.Beyond));
        Assert.Equal(typeof(Dictionary<int, string>), read.C.ToDictionary().GetType());
    }

    [Fact]
    public void Reads_a_set_that_can_only_be_looked_at()
    {
        const string text = """{"a":[1,2],"b":["a"]}""";
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize(text, Oracle.Default.InIReadOnlySet));

        var read = JsonSerializer.Deserialize(text, Ours.InIReadOnlySet)!;
        Assert.Equal(text, JsonSerializer.Serialize(read, Ours.InIReadOnlySet));
        Assert.Equal(text, JsonSerializer.Serialize(read, Oracle.Default.InIReadOnlySet));
        Assert.IsType<HashSet<int>>(read.A);
    }

    [Fact]
    public void Asks_a_constructor_that_fails_once_more()
    {
        var before = Counting.Made;
        ChannelDescriptors.Counting.Codec.Read("""{"a":1}"""u8);
        Assert.Equal(1, Counting.Made - before);
        Assert.Throws<ArgumentOutOfRangeException>(() => ChannelDescriptors.Counting.Codec.Read("""{"a":-1}"""u8));
        Assert.Equal(3, Counting.Made - before);
    }

    [Theory]
    [InlineData("""{"a":[1,"x"],"b":[],"c":{},"d":[],"e":{}}""", "$.a[1]")]
    [InlineData("""{"a":[],"b":[],"c":{"x":"1"},"d":[],"e":{}}""", "$.c.x")]
    [InlineData("""{"a":[],"b":[],"c":{"1":"1","1":"2"},"d":[],"e":{}}""", "$.c['1']")]
    [InlineData("""{"a":[],"b":[],"c":{},"d":[],"e":{"k":1,"k":2}}""", "$.e.k")]
    [InlineData("""{"a":[],"b":[],"c":{},"d":null,"e":{}}""", "$.d")]
    public void Refuses_what_does_not_fit_those_collections(string text, string path) =>
        Assert.Contains(path[..3], Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(text, Ours.Beyond)).Path!, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"a":1e400,"b":0,"c":0}""", "$.a")]
    [InlineData("""{"a":0,"b":-1e39,"c":0}""", "$.b")]
    [InlineData("""{"a":0,"b":0,"c":65536}""", "$.c")]
    [InlineData("""{"a":0,"b":0,"c":0,"d":[1e400]}""", "$.d[0]")]
    [InlineData("""{"a":0,"b":0,"c":0,"e":{"1e400":1}}""", "$.e.1e400")]
    [InlineData("""{"a":0,"b":0,"c":0,"e":{"NaN":1}}""", "$.e.NaN")]
    [InlineData("""{"a":0,"b":0,"c":0,"e":{" 1":1}}""", "$.e[' 1']")]
    public void Refuses_numbers_that_are_not_finite(string text, string path) =>
        Assert.Equal(path, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(text, Ours.Finite)).Path);

    [Fact]
    public void Writes_no_key_that_is_not_finite() =>
        Assert.Throws<ArgumentException>(() => JsonSerializer.Serialize(new Finite(0, 0, (Half)0, null, new() { [double.NaN] = 1 }), Ours.Finite));

    [Fact]
    public void Leaves_alone_an_included_member_without_a_setter()
    {
        const string text = """{"a":7,"b":8}""";
        Assert.Throws<InvalidOperationException>(() => JsonSerializer.Deserialize(text, Oracle.Default.IncludedGetter));
        Assert.Equal("""{"a":5,"b":6}""", JsonSerializer.Serialize(JsonSerializer.Deserialize(text, Ours.IncludedGetter), Ours.IncludedGetter));
    }

    [Fact]
    public void Needs_no_reflection_for_a_non_generic_enum_converter()
    {
        const string text = """{"a":"Sad","b":"so-so"}""";
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize(text, Ours.WithReflectingConverter), Ours.WithReflectingConverter));
    }

    [Fact]
    public void Has_the_options_of_the_wire_without_being_given_any() =>
        Assert.Same(JsonNamingPolicy.CamelCase, new ChannelJsonContext().Options.PropertyNamingPolicy);

    [Fact]
    public void Keeps_both_of_two_types_of_one_name() =>
        Assert.NotSame(Ours.GetTypeInfo(typeof(First.Item)), Ours.GetTypeInfo(typeof(Second.Item)));

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Beyond))]
    [JsonSerializable(typeof(IncludedGetter))]
    [JsonSerializable(typeof(InIReadOnlySet))]
    private sealed partial class Oracle : JsonSerializerContext;
}
