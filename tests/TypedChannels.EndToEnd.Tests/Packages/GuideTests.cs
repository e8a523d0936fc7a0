using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using TypedChannels.Docs.Tests;
using TypedChannels.Tests.Samples;

namespace TypedChannels.Tests.Packages;

/// <summary>A new user who has read the guide and nothing else, and does what it says.</summary>
public class GuideTests(LocalFeed feed, ITestOutputHelper output)
{
    private const string Sample = "samples/Poll/";

    private static Page Guide => Page.All["docs/guide.md"];

    [Fact]
    public async Task The_guide_leads_to_a_poll_that_works_as_a_native_binary_too()
    {
        Ground.RequireSignals();
        Ground.RequireNativeAot();
        var folder = await DoAsItSaysAsync();

        Dotnet.AssertNoWarning(await feed.DotnetAsync(folder, "build", "Poll.Server", "-v:m", "--tl:off"));
        Dotnet.AssertNoWarning(await feed.DotnetAsync(folder, "build", "Poll.Client", "-v:m", "--tl:off"));
        await DriveAsync(folder, "Poll.Server/bin/Debug/net10.0/Poll.Server", "Poll.Server", "Poll.Client/bin/Debug/net10.0/Poll.Client");

        Assert.Contains("<PublishAot>true</PublishAot>", Guide.Text, StringComparison.Ordinal);
        await PublishNativelyAsync(folder, "Poll.Server");
        await PublishNativelyAsync(folder, "Poll.Client");
        await DriveAsync(folder, "out/Poll.Server/Poll.Server", "out/Poll.Server", "out/Poll.Client/Poll.Client");
    }

    [Fact]
    public async Task The_guides_page_votes_and_shows_the_votes_in_a_browser_by_the_module_that_its_own_build_has_written()
    {
        var program = Ground.RequireChromium();
        var folder = await DoAsItSaysAsync();
        Dotnet.AssertNoWarning(await feed.DotnetAsync(folder, "build", "Poll.Server", "-v:m", "--tl:off"));
        await using var server = new ChildProcess(
            Path.Combine(folder, "Poll.Server/bin/Debug/net10.0/Poll.Server"), ["--urls", "http://127.0.0.1:0"], Path.Combine(folder, "Poll.Server"));
        var address = new Uri(await server.LineAfterAsync("Now listening on: "));
        await using var browser = await Chromium.StartAsync(program);
        var alice = await browser.OpenAsync(address, 800, 600, status: "Connected.");
        var bob = await browser.OpenAsync(address, 800, 600, status: "Connected.");

        await alice.EvaluateAsync("document.getElementById('Tea').click()");
        await UntilCountedAsync(alice, 1, 0);
        await UntilCountedAsync(bob, 1, 0);
        await bob.EvaluateAsync("document.getElementById('Coffee').click()");
        await UntilCountedAsync(alice, 1, 1);

        // What the guide says of a wrong message.
        await alice.EvaluateAsync("{ const tea = document.getElementById('Tea'); tea.id = 'Milk'; tea.click(); }");
        await alice.UntilAsync("document.getElementById('status').textContent === 'Refused: InvalidMessage.'");
        // The page has no icon, for which a browser asks all the same.
        Assert.All(browser.Errors, error => Assert.Contains("/favicon.ico", error, StringComparison.Ordinal));

        static Task UntilCountedAsync(Chromium.Tab tab, int tea, int coffee) => tab.UntilAsync(
            $"document.getElementById('tea').textContent === '{tea}' && document.getElementById('coffee').textContent === '{coffee}'");
    }

    private async Task PublishNativelyAsync(string folder, string name)
    {
        await AddPropertyAsync(Path.Combine(folder, name, $"{name}.csproj"), "<PublishAot>true</PublishAot>");
        Dotnet.AssertNoWarning(await feed.DotnetAsync(folder, "publish", name, "-o", $"out/{name}", "-v:m", "--tl:off"));
        output.WriteLine($"The guide's {name} as a native binary: {Figures.Size(Path.Combine(folder, "out", name, name))}");
    }

    private static async Task AddPropertyAsync(string project, string property)
    {
        var text = await File.ReadAllTextAsync(project, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(project, text.Replace("</PropertyGroup>", property + "</PropertyGroup>", StringComparison.Ordinal), TestContext.Current.CancellationToken);
    }

    /// <returns>The folder of the three projects.</returns>
    private async Task<string> DoAsItSaysAsync()
    {
        var folder = await feed.NewFolderAsync();
        var commands = Snippet.Of(Guide).First(snippet => snippet.Language == "sh").Code;
        foreach (var command in commands.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (command.Split(' '))
            {
                case ["mkdir", var name]:
                    Directory.CreateDirectory(Path.Combine(folder, name));
                    break;
                case ["cd", var name]:
                    folder = Path.Combine(folder, name);
                    break;
                case ["rm", var name]:
                    File.Delete(Path.Combine(folder, name));
                    break;
                // No version of the feed is a release.
                case ["dotnet", "add", _, "package", _] and [_, .. var arguments]:
                    await feed.DotnetAsync(folder, [.. arguments, "--version", feed.Version]);
                    break;
                case ["dotnet", .. var arguments]:
                    await feed.DotnetAsync(folder, arguments);
                    break;
                default:
                    throw new UnreachableException($"The test cannot do: {command}");
            }
        }
        var typeScript = Snippet.Of(Guide).Single(snippet => snippet.Language == "xml").Code;
        await AddPropertyAsync(Path.Combine(folder, "Poll.Server", "Poll.Server.csproj"), typeScript);
        foreach (var snippet in Snippet.Of(Guide).Where(snippet => snippet.Source.StartsWith(Sample, StringComparison.Ordinal)))
        {
            var path = Path.Combine(folder, snippet.Source[Sample.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, snippet.Code, TestContext.Current.CancellationToken);
        }
        return folder;
    }

    private static async Task DriveAsync(string folder, string program, string contentRoot, string clientProgram)
    {
        await using var server = new ChildProcess(
            Path.Combine(folder, program), ["--urls", "http://127.0.0.1:0"], Path.Combine(folder, contentRoot), EnvironmentOfTheUnit());
        var address = new Uri(await server.LineAfterAsync("Now listening on: "));
        using var browser = new HttpClient();
        Assert.Contains("Tea or coffee?", await browser.GetStringAsync(address, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var module = await browser.GetStringAsync(new Uri(address, "client/PollClient.js"), TestContext.Current.CancellationToken);
        Assert.Contains("class PollClient", module, StringComparison.Ordinal);

        var poll = new UriBuilder(address) { Scheme = "ws", Path = "/poll" }.Uri;
        await using var alice = await WireClient.ConnectAsync(poll, server);
        Assert.Equal("""{"channel":"_system:status:ready","message":{}}""", await alice.NextAsync());
        Assert.Equal("""{"channel":"results","message":{"tea":0,"coffee":0}}""", await alice.NextAsync());
        await using var bob = new ChildProcess(Path.Combine(folder, clientProgram), [poll.ToString(), "coffee"]);
        Assert.Equal("", await bob.LineAfterAsync("Tea 0, coffee 1"));
        Assert.Equal("""{"channel":"results","message":{"tea":0,"coffee":1}}""", await alice.NextAsync());

        // What the guide says of a wrong message, and of the end.
        await alice.SendAsync("""{"channel":"vote","message":{"drink":"Milk"}}""");
        Assert.Equal("""{"channel":"_system:error","message":{"code":"InvalidMessage","channel":"vote"}}""", await alice.NextAsync());

        // The guide's proxy has ended TLS, and says so.
        await using var page = await WireClient.ConnectAsync(poll, server, options => ComeByProxy(options, "https"));
        Assert.Equal("""{"channel":"_system:status:ready","message":{}}""", await page.NextAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await WireClient.AskAsync(poll, options => ComeByProxy(options, "http")));
        server.SendTerminate();
        Assert.Equal(1001, await alice.EndAsync());
        Assert.Equal(0, await bob.EndedAsync());
        Assert.Contains("The server closed the connection: 1001", bob.Transcript, StringComparison.Ordinal);
        Assert.Equal(0, await server.EndedAsync());
    }

    private static Dictionary<string, string> EnvironmentOfTheUnit()
    {
        const string Line = "Environment=";
        var unit = Snippet.Of(Guide).Single(snippet => snippet.Language == "ini").Code;
        return unit.Split('\n').Where(line => line.StartsWith(Line, StringComparison.Ordinal))
            .Select(line => line[Line.Length..].Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
    }

    private static void ComeByProxy(ClientWebSocketOptions options, string scheme)
    {
        options.SetRequestHeader("Origin", "https://poll.example");
        options.SetRequestHeader("Host", "poll.example");
        options.SetRequestHeader("X-Forwarded-Proto", scheme);
        options.SetRequestHeader("X-Forwarded-For", "192.0.2.7");
    }
}
