using TypedChannels.Build;

namespace TypedChannels.TypeScript.Tests;

/// <summary>What a class, and so its client, may be called.</summary>
public class ClientNameTests
{
    private const string Records = """
        using TypedChannels;
        using System.Text.Json.Serialization;
        [Channel("chat")] public sealed record Chat(string Text, Shape Shape);
        [JsonDerivedType(typeof(Circle), "circle")] public abstract record Shape;
        public sealed record Circle : Shape;

        """;

    /// <summary>JavaScript's and a browser's globals, and what the modules themselves are made of.</summary>
    private static readonly string[] Globals =
    [
        "Array", "Client", "Error", "Infinity", "JSON", "Map", "Math", "NaN", "Number", "Object", "Promise", "Record", "Set", "String", "Symbol",
        "TextEncoder", "URL", "WebSocket", "console", "contract", "globalThis", "message", "options",
    ];

    [Fact]
    public async Task A_class_called_as_a_global_of_JavaScript_has_a_client_of_its_name()
    {
        using var contract = CompiledContract.Of(Records + Classes(Globals));
        await WorksAsync(contract, Globals);
    }

    [Fact]
    public async Task A_class_called_by_a_word_of_JavaScript_has_a_client_with_an_underscore()
    {
        string[] words = ["any", "class", "eval", "function", "static", "string", "undefined"];
        using var contract = CompiledContract.Of(Records + Classes(words));
        await WorksAsync(contract, [.. words.Select(word => word + "_")]);
    }

    [Theory]
    [InlineData("../Chat")]
    [InlineData("Chat/Client")]
    [InlineData("Chat Client")]
    [InlineData(" ")]
    [InlineData("1Chat")]
    [InlineData("Chat.Client")]
    [InlineData("@Chat")]
    [InlineData("$Client")]
    [InlineData("class")]
    public void A_name_in_the_project_that_is_none_is_an_error(string name)
    {
        using var records = CompiledContract.Of(Records);
        var error = Assert.Throws<BuildErrorException>(() => new ClientFinder(records.Path, []).Find(name));
        Assert.Equal(
            (BuildErrorException.NoName, $"'{name}' is no name for a client: TypedChannelsTypeScriptClient names a class and its files, as ChatClient does."),
            (error.Code, error.Message));
        Assert.Equal("Größe_1", Assert.Single(new ClientFinder(records.Path, []).Find("Größe_1")).Name);
    }

    private static string Classes(string[] names) => string.Concat(names.Select(name => $"[ChannelClient] public sealed partial class @{name};\n"));

    private static async Task WorksAsync(CompiledContract contract, string[] names)
    {
        using var folder = GeneratedFolder.OfAssembly(contract.Path, null);
        await File.WriteAllLinesAsync(
            folder["page.ts"],
            names.SelectMany((name, i) => new[]
            {
                $"import {{ {name} as Client{i} }} from \"./{name}.js\";",
                $"new Client{i}(\"/\").sendChat({{ text: \"hi\", shape: {{ $type: \"circle\" }} }});",
            }),
            TestContext.Current.CancellationToken);
        Assert.Equal("", await Programs.CheckAsync(folder.Path, "page.ts"));
        foreach (var script in new[] { "fake.mjs", "names.mjs" })
            File.Copy(TypedChannels.Tests.Repository.PathTo("tests", "TypedChannels.TypeScript.Tests", "Scripts", script), folder[script]);
        await Programs.RunScriptAsync(folder.Path, ["names.mjs", .. names]);
    }
}
