using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests;

/// <summary>The generated context as its users take it: like one declared by hand.</summary>
public sealed class ChannelJsonContextUse
{
    private static readonly Chat Message = new("alice", null, 1, Mood.Sad);

    [Fact]
    public void Serializes_through_a_property() =>
        Assert.Equal("""{"user":"alice","text":null,"count":1,"mood":"Sad"}""", JsonSerializer.Serialize(Message, ChannelJsonContext.Default.Chat));

    [Fact]
    public void Stands_in_a_chain_with_the_users_own_options()
    {
        var options = new JsonSerializerOptions { WriteIndented = true };
        options.TypeInfoResolverChain.Add(ChannelJsonContext.Default);

        var text = JsonSerializer.Serialize(Message, options.GetTypeInfo(typeof(Chat)));

        Assert.Contains("\n  \"user\": \"alice\"", text, StringComparison.Ordinal);
        Assert.Same(ChannelJsonContext.Default, options.GetTypeInfo(typeof(Chat)).OriginatingResolver);
    }

    [Fact]
    public void Keeps_the_names_of_the_wire_under_another_policy()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper, TypeInfoResolver = ChannelJsonContext.Default };
        Assert.StartsWith("{\"user\":", JsonSerializer.Serialize(Message, options.GetTypeInfo(typeof(Chat))), StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_the_options_of_its_constructor() =>
        Assert.Contains('\n', JsonSerializer.Serialize(Message, new ChannelJsonContext(new JsonSerializerOptions { WriteIndented = true }).Chat));

    [Fact]
    public void Follows_the_number_handling_of_the_users_options()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = ChannelJsonContext.Default, NumberHandling = JsonNumberHandling.WriteAsString };
        Assert.Contains("\"count\":\"1\"", JsonSerializer.Serialize(Message, options.GetTypeInfo(typeof(Chat))), StringComparison.Ordinal);
        Assert.Contains("[\"1\"]", JsonSerializer.Serialize(new InIList([1], null), options.GetTypeInfo(typeof(InIList))), StringComparison.Ordinal);
    }

    [Fact]
    public void Lets_a_converter_of_the_users_options_come_first()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = ChannelJsonContext.Default, Converters = { new JsonStringEnumConverter<Mood>(JsonNamingPolicy.CamelCase) } };
        Assert.Contains("\"sad\"", JsonSerializer.Serialize(Message, options.GetTypeInfo(typeof(Chat))), StringComparison.Ordinal);
    }

    [Fact]
    public void Knows_no_type_that_no_record_contains() => Assert.Null(ChannelJsonContext.Default.GetTypeInfo(typeof(System.Text.StringBuilder)));

    [Fact]
    public void Is_compatible_with_being_combined() =>
        Assert.NotNull(JsonTypeInfoResolver.Combine(ChannelJsonContext.Default, new DefaultJsonTypeInfoResolver()).GetTypeInfo(typeof(Chat), ChannelJsonContext.Default.Options));

    [Fact]
    public void Has_the_options_of_the_wire()
    {
        var options = ChannelJsonContext.Default.Options;
        Assert.Same(JsonNamingPolicy.CamelCase, options.PropertyNamingPolicy);
        Assert.True(options.RespectNullableAnnotations);
        Assert.True(options.RespectRequiredConstructorParameters);
        Assert.False(options.AllowDuplicateProperties);
        Assert.Equal(32, options.MaxDepth);
        Assert.Equal(JsonNumberHandling.Strict, options.NumberHandling);
    }

    [Theory]
    [InlineData("""{"user":null,"text":null,"count":1,"mood":null}""", "$.user")]
    [InlineData("""{"text":null,"count":1,"mood":null}""", "$")]
    [InlineData("""{"user":"a","user":"b","text":null,"count":1,"mood":null}""", "$.user")]
    [InlineData("""{"user":"a","text":null,"count":"1","mood":null}""", "$.count")]
    [InlineData("""{"user":"a","text":null,"count":1,"mood":1}""", "$.mood")]
    public void Refuses_a_message_that_lies(string text, string path)
    {
        var exception = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(text, ChannelJsonContext.Default.Chat));
        Assert.Equal(path, exception.Path);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"x":1}""")]
    [InlineData("""{"x":1,"y":null}""")]
    public void Refuses_a_record_struct_without_a_required_parameter(string text) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(text, ChannelJsonContext.Default.Strict));

    [Fact]
    public void Reads_a_record_struct_through_its_primary_constructor() =>
        Assert.Equal(new Strict(1, "y", 5), JsonSerializer.Deserialize("""{"x":1,"y":"y"}""", ChannelJsonContext.Default.Strict));

    [Fact]
    public void Reads_a_struct_through_its_primary_constructor()
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"y":1}""", ChannelJsonContext.Default.StrictStruct));
        Assert.Equal(new StrictStruct(1) { Y = 2 }, JsonSerializer.Deserialize("""{"x":1,"y":2}""", ChannelJsonContext.Default.StrictStruct));
    }
}
