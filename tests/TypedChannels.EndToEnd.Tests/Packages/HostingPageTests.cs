using System.Net;
using System.Net.WebSockets;
using TypedChannels.Docs.Tests;

namespace TypedChannels.Tests.Packages;

/// <summary>A new user who has read the page on hosting and nothing else, and takes its application with cookies.</summary>
public class HostingPageTests(LocalFeed feed)
{
    [Fact]
    public async Task The_application_with_cookies_works_as_it_stands_on_the_page()
    {
        var folder = await feed.NewFolderAsync();
        await feed.DotnetAsync(folder, "new", "web", "-n", "Site");
        // No version of the feed is a release.
        await feed.DotnetAsync(folder, "add", "Site", "package", "TypedChannels", "--version", feed.Version);
        await WriteAsync(folder, "Site/Declarations.cs", "declarations");
        await WriteAsync(folder, "Site/Program.cs", "cookies");
        Dotnet.AssertNoWarning(await feed.DotnetAsync(folder, "build", "Site", "-v:m", "--tl:off"));

        await using var server = new ChildProcess(
            Path.Combine(folder, "Site/bin/Debug/net10.0/Site"), ["--urls", "http://127.0.0.1:0"], Path.Combine(folder, "Site"));
        var address = new Uri(await server.LineAfterAsync("Now listening on: "));
        var chat = new UriBuilder(address) { Scheme = "ws", Path = "/chat" }.Uri;
        var alarms = new UriBuilder(address) { Scheme = "ws", Path = "/alarms" }.Uri;
        Assert.Equal(HttpStatusCode.Unauthorized, await WireClient.AskAsync(chat));
        Assert.Equal(HttpStatusCode.Unauthorized, await WireClient.AskAsync(alarms));

        // Bob is whom the site says he is, and not whom he says himself.
        var bob = await SignInAsync(address, "bob");
        await using (var client = await WireClient.ConnectAsync(chat, server, options => options.Cookies = bob))
        {
            Assert.Equal("""{"channel":"_system:status:ready","message":{}}""", await client.NextAsync());
            await client.SendAsync("""{"channel":"chat","message":{"user":"alice","text":"hi"}}""");
            Assert.Equal("""{"channel":"chat","message":{"user":"bob","text":"hi"}}""", await client.NextAsync());
        }
        Assert.Equal(HttpStatusCode.Forbidden, await WireClient.AskAsync(alarms, options => options.Cookies = bob));

        var alice = await SignInAsync(address, "alice");
        await using (var client = await WireClient.ConnectAsync(alarms, server, options => options.Cookies = alice))
            Assert.Equal("""{"channel":"_system:status:ready","message":{}}""", await client.NextAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await WireClient.AskAsync(alarms, options =>
        {
            options.Cookies = alice;
            options.SetRequestHeader("Origin", "https://another.example");
        }));
    }

    private static Task WriteAsync(string folder, string file, string region)
    {
        var piece = Assert.Single(Snippet.Of(Page.All["docs/hosting.md"]), piece => piece.Source.EndsWith('#' + region));
        return File.WriteAllTextAsync(Path.Combine(folder, file), piece.Code, TestContext.Current.CancellationToken);
    }

    /// <returns>What a browser keeps after it.</returns>
    private static async Task<CookieContainer> SignInAsync(Uri address, string name)
    {
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies });
        using var answer = await browser.PostAsync(new Uri(address, $"login/{name}"), content: null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return cookies;
    }
}
