using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TypedChannels.Generators.Tests.Json;

/// <summary>What <c>[assembly: ChannelJson]</c> sets, seen in the JSON of a compiled assembly.</summary>
public sealed class Settings
{
    [Theory]
    [InlineData("", """{"userName":"a","ioPort":1,"mood":"Sad"}""")]
    [InlineData("[assembly: ChannelJson(UseStringEnumConverter = false)]", """{"userName":"a","ioPort":1,"mood":1}""")]
    [InlineData("[assembly: ChannelJson(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]", """{"user_name":"a","io_port":1,"mood":"Sad"}""")]
    [InlineData("[assembly: ChannelJson(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseUpper)]", """{"USER-NAME":"a","IO-PORT":1,"MOOD":"Sad"}""")]
    [InlineData("[assembly: ChannelJson(PropertyNamingPolicy = JsonKnownNamingPolicy.Unspecified)]", """{"UserName":"a","IOPort":1,"Mood":"Sad"}""")]
    [InlineData("[assembly: ChannelJson(ContextName = \"Other\")]", """{"userName":"a","ioPort":1,"mood":"Sad"}""")]
    public void Decide_the_json(string attribute, string expected)
    {
        var compilation = Run.Compile("#pragma warning disable CS1591\n" + attribute + " [Channel(\"chat\")] public record Chat(string UserName, int IOPort, Mood Mood); public enum Mood { Glad, Sad }");
        Run.Generate(compilation, out var output);
        using var stream = new MemoryStream();
        Assert.True(output.Emit(stream, cancellationToken: TestContext.Current.CancellationToken).Success);
        var assembly = Assembly.Load(stream.ToArray());
        var context = (JsonSerializerContext)assembly.GetTypes().Single(type => type.BaseType == typeof(JsonSerializerContext)).GetProperty("Default")!.GetValue(null)!;
        var type = assembly.GetType("Chat")!;

        var text = JsonSerializer.Serialize(Activator.CreateInstance(type, "a", 1, Enum.ToObject(assembly.GetType("Mood")!, 1)), type, context);

        Assert.Equal(expected, text);
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize(text, type, context), type, context));
    }
}
