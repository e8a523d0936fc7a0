using TypedChannels.Tests;

namespace TypedChannels.TypeScript.Tests;

/// <summary>What the TypeScript compiler says of the declarations, with --strict.</summary>
public class DeclarationTests
{
    [Fact]
    public async Task Right_uses_compile_and_each_wrong_one_does_not()
    {
        using var folder = GeneratedFolder.Of("Types/right.ts", "Types/wrong.ts");
        var errors = await Programs.CheckAsync(folder.Path, "right.ts", "wrong.ts");
        Assert.True(errors.Length == 0, errors);
    }

    [Fact]
    public async Task The_page_of_the_documentation_compiles()
    {
        using var folder = GeneratedFolder.Of();
        Directory.CreateDirectory(folder["chat"]);
        foreach (var (name, text) in GeneratedFolder.FilesOf(typeof(global::Chat.ChatMessage).Assembly.Location, "ChatClient"))
            await File.WriteAllTextAsync(folder["chat/" + name], text, TestContext.Current.CancellationToken);
        File.Copy(Repository.PathTo("docs", "Snippets.TypeScript", "page.ts"), folder["page.ts"]);
        Assert.Equal("", await Programs.CheckAsync(folder.Path, "page.ts"));
    }

    [Fact]
    public async Task Renaming_a_member_of_a_record_breaks_the_page_that_uses_it()
    {
        const string contract = """
            using TypedChannels;
            [Channel("chat")] public sealed record Chat(string Text);
            [ChannelClient] public sealed partial class ChatClient;
            """;
        const string page = """
            import { ChatClient } from "./ChatClient.js";
            const client = new ChatClient("/");
            client.on("chat", message => message.text);
            client.sendChat({ text: "hi" });
            """;
        Assert.Equal("", await CheckAsync(contract));
        var broken = await CheckAsync(contract.Replace("Text", "Body", StringComparison.Ordinal));
        Assert.Contains("page.ts(3,38): error TS2339: Property 'text' does not exist on type 'Chat'.", broken, StringComparison.Ordinal);
        Assert.Contains("page.ts(4,19): error TS2353: ", broken, StringComparison.Ordinal);

        static async Task<string> CheckAsync(string contract)
        {
            using var assembly = CompiledContract.Of(contract);
            using var folder = GeneratedFolder.OfAssembly(assembly.Path, null);
            await File.WriteAllTextAsync(folder["page.ts"], page, TestContext.Current.CancellationToken);
            return await Programs.CheckAsync(folder.Path, "page.ts");
        }
    }
}
