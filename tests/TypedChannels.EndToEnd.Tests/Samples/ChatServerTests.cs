namespace TypedChannels.Tests.Samples;

/// <summary>The sample's server from outside, as it is built and as it is published.</summary>
public class ChatServerTests(ITestOutputHelper output)
{
    // The goal for a whole application, its page inside: a native binary that is small enough to copy around.
    private const double MaxMegabytes = 12;

    [Fact]
    public async Task Serves_its_page_and_its_channels_until_it_is_terminated()
    {
        Ground.RequireSignals();
        await DriveAsync(Repository.Program("samples/Chat/Chat.Server"));
    }

    [Fact]
    public async Task Publishes_as_a_small_native_binary_without_a_warning_that_serves_the_same()
    {
        Ground.RequireNativeAot();
        using var folder = new TemporaryFolder();

        Dotnet.AssertNoWarning(await Dotnet.RunAsync(
            Repository.Root, null, "publish", "samples/Chat/Chat.Server", "--configuration", "Release",
            "--artifacts-path", folder["artifacts"], "--output", folder["chat"], "-v:m", "--tl:off"));

        var binary = Path.Combine(folder["chat"], "Chat.Server");
        output.WriteLine($"The chat server as a native binary: {Figures.Size(binary)}");
        Assert.InRange(Figures.Megabytes(binary), 1, MaxMegabytes);
        await DriveAsync(binary);
    }

    private async Task DriveAsync(string program)
    {
        await using var server = await ChatProcess.StartAsync(program);
        output.WriteLine($"Open after {server.Process.Started.ElapsedMilliseconds} ms");
        using var browser = new HttpClient();
        var page = await browser.GetStringAsync(server.Page, TestContext.Current.CancellationToken);
        Assert.Contains("""<script type="module" src="chat.js">""", page, StringComparison.Ordinal);

        await using var alice = await WireClient.ConnectAsync(server.Channels, server.Process);
        Assert.Equal("""{"channel":"_system:status:ready","message":{}}""", await alice.NextAsync());
        await alice.SendAsync("""{"channel":"set:name","message":{"name":"alice"}}""");
        await alice.NextOnAsync("set:name success");
        await alice.SendAsync("""{"channel":"chat","message":{"text":"hi"}}""");
        var said = await alice.NextOnAsync("chat");
        Assert.Equal("hi", said.GetProperty("text").GetString());
        Assert.Equal("alice", said.GetProperty("from").GetProperty("name").GetString());

        server.Process.SendTerminate();

        Assert.Equal(1001, await alice.EndAsync());
        Assert.Equal(0, await server.Process.EndedAsync());
    }
}
