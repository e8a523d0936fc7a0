namespace TypedChannels.Tests.Packages;

/// <summary>A new user's project that has its TypeScript client written by the packages. There is no Node.js in it.</summary>
public class TypeScriptTests(LocalFeed feed)
{
    private const string Output = "<TypedChannelsTypeScriptOutput>wwwroot/chat</TypedChannelsTypeScriptOutput>";

    private const string Program = """
        using TypedChannels;

        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.AddChannels<ChatServer>();
        var app = builder.Build();
        app.MapStaticAssets();
        app.MapChannels<ChatServer>("/chat");
        app.Run();

        /// <summary>What is said.</summary>
        [Channel("chat")]
        public sealed record ChatMessage(string User, string Text);

        public sealed class Props;

        [ChannelServer<Props>]
        public sealed partial class ChatServer;
        """;

    private static readonly string[] Files = ["ChatClient.d.ts", "ChatClient.js", "typedchannels.d.ts", "typedchannels.js"];

    [Fact]
    public async Task A_server_writes_its_client_once_publishes_it_and_cleans_it_away()
    {
        var folder = await feed.NewFolderAsync();
        await UserProject.WriteAsync(folder, "App", "TypedChannels", feed.Version, Output);
        var project = Path.Combine(folder, "App.csproj");
        await WriteAsync(project, (await File.ReadAllTextAsync(project, TestContext.Current.CancellationToken)).Replace("Microsoft.NET.Sdk", "Microsoft.NET.Sdk.Web", StringComparison.Ordinal));
        await WriteAsync(Path.Combine(folder, "Program.cs"), Program);

        Dotnet.AssertNoWarning(await feed.DotnetAsync(folder, "publish", "-o", "out", "-v:m", "--tl:off"));
        Assert.Equal(Files, Written(folder, "wwwroot/chat"));
        // A first build, too, knows them as static web assets.
        Assert.Superset(Files.ToHashSet(), Written(folder, "out/wwwroot/chat").ToHashSet()!);
        Assert.Contains("\"Route\":\"chat/ChatClient.js\"", await ReadAsync(Path.Combine(folder, "out/App.staticwebassets.endpoints.json")), StringComparison.Ordinal);
        var declarations = Path.Combine(folder, "wwwroot/chat/ChatClient.d.ts");
        Assert.Contains("/** What is said. */\nexport interface ChatMessage {\n  user: string;\n", await ReadAsync(declarations), StringComparison.Ordinal);

        var times = Times(folder);
        await feed.DotnetAsync(folder, "build", "--configuration", "Release", "--no-restore", "-v:m", "--tl:off");
        Assert.Equal(times, Times(folder));

        await WriteAsync(Path.Combine(folder, "Program.cs"), Program.Replace("string User", "string Author", StringComparison.Ordinal));
        File.Delete(Path.Combine(folder, "wwwroot/chat/typedchannels.js"));
        await feed.DotnetAsync(folder, "build", "--configuration", "Release", "--no-restore", "-v:m", "--tl:off");
        Assert.Contains("  author: string;\n", await ReadAsync(declarations), StringComparison.Ordinal);
        Assert.Equal(Files, Written(folder, "wwwroot/chat"));

        await feed.DotnetAsync(folder, "clean", "--configuration", "Release", "-v:m", "--tl:off");
        Assert.False(Directory.Exists(Path.Combine(folder, "wwwroot/chat")));
    }

    [Fact]
    public async Task A_contract_alone_does_too_and_a_mistake_is_an_error_with_its_code_and_page()
    {
        var folder = await feed.NewFolderAsync();
        await UserProject.WriteAsync(folder, "Contract", "TypedChannels.Core", feed.Version, Output);
        await WriteAsync(Path.Combine(folder, "Messages.cs"), "[TypedChannels.Channel(\"hi\")] public sealed record Hi(string Text);");

        var (exitCode, output) = await feed.TryDotnetAsync(folder, "build", "-v:m", "--tl:off");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("error TCT0001: 'Contract' declares channels", output, StringComparison.Ordinal);

        (exitCode, output) = await feed.TryDotnetAsync(folder, "build", "-p:TypedChannelsTypeScriptClient=../HiClient", "-v:m", "--tl:off");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("error TCT0006: '../HiClient' is no name for a client", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "wwwroot/HiClient.js")));

        Dotnet.AssertNoWarning(await feed.DotnetAsync(folder, "build", "-p:TypedChannelsTypeScriptClient=HiClient", "-v:m", "--tl:off"));
        Assert.Equal(["HiClient.d.ts", "HiClient.js", "typedchannels.d.ts", "typedchannels.js"], Written(folder, "wwwroot/chat"));
    }

    private static IEnumerable<string?> Written(string folder, string path) =>
        Directory.GetFiles(Path.Combine(folder, path)).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private static DateTime[] Times(string folder) => [.. Files.Select(file => File.GetLastWriteTimeUtc(Path.Combine(folder, "wwwroot/chat", file)))];

    private static Task WriteAsync(string file, string text) => File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
}
