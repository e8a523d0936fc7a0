namespace TypedChannels.Tests.Samples;

/// <summary>The sample's console client from outside, with its input and output redirected, as it is built and as it is published.</summary>
public class ChatClientTests(ITestOutputHelper output)
{
    private static string Server => Repository.Program("samples/Chat/Chat.Server");

    private static string Client => Repository.Program("samples/Chat/Chat.Client");

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(2)]
    [InlineData(2, "alice", "http://127.0.0.1/")]
    [InlineData(2, "a name that is longer than any may be")]
    public async Task Says_how_it_is_used_to_whoever_asks_or_does_not_know(int exitCode, params string[] arguments)
    {
        await using var client = new ChildProcess(Client, arguments);
        Assert.Equal(exitCode, await client.EndedAsync());
        Assert.StartsWith("Usage: Chat.Client NAME [ADDRESS]", client.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Talks_in_lines_and_leaves_at_the_end_of_its_input()
    {
        await using var server = await ChatProcess.StartAsync(Server);
        await DriveAsync(server, Client);
    }

    [Fact]
    public async Task Leaves_when_it_is_terminated()
    {
        Ground.RequireSignals();
        await using var server = await ChatProcess.StartAsync(Server);
        await using var client = new ChildProcess(Client, ["alice", server.Channels.ToString()], keepsInput: true);
        await client.LineAfterAsync("alice joined");
        client.SendTerminate();
        Assert.Equal(0, await client.EndedAsync());
    }

    [Fact]
    public async Task Comes_back_when_the_server_was_killed_with_what_was_said_meanwhile()
    {
        var server = await ChatProcess.StartAsync(Server);
        await using var client = new ChildProcess(Client, ["alice", server.Channels.ToString()], keepsInput: true);
        try
        {
            await client.LineAfterAsync("alice joined");
            server.Process.Kill();
            await client.LineAfterAsync("the connection is lost (1006)");
            await client.WriteLineAsync("said meanwhile");
        }
        finally
        {
            await server.DisposeAsync();
        }
        await using var again = await ChatProcess.StartAsync(Server, server.Page.Port);
        await client.LineAfterAsync("back");
        Assert.Equal("said meanwhile", await client.LineAfterAsync("alice: "));
        client.CloseInput();
        Assert.Equal(0, await client.EndedAsync());
    }

    [Fact]
    public async Task Publishes_as_a_native_binary_without_a_warning_that_talks_the_same()
    {
        Ground.RequireNativeAot();
        using var folder = new TemporaryFolder();
        Dotnet.AssertNoWarning(await Dotnet.RunAsync(
            Repository.Root, null, "publish", "samples/Chat/Chat.Client", "--configuration", "Release",
            "--artifacts-path", folder["artifacts"], "--output", folder["chat"], "-v:m", "--tl:off"));
        var binary = Path.Combine(folder["chat"], "Chat.Client");
        output.WriteLine($"The chat client as a native binary: {Figures.Size(binary)}");
        await using var server = await ChatProcess.StartAsync(Server);
        await DriveAsync(server, binary);
    }

    private async Task DriveAsync(ChatProcess server, string program)
    {
        await using var bob = await WireClient.ConnectAsync(server.Channels, server.Process);
        await bob.SendAsync("""{"channel":"set:name","message":{"name":"bob"}}""");
        await bob.NextOnAsync("set:name success");
        await bob.SendAsync("""{"channel":"chat","message":{"text":"said before"}}""");
        await bob.NextOnAsync("chat");

        await using var alice = new ChildProcess(program, ["alice", server.Channels.ToString()], keepsInput: true);
        Assert.Equal("said before", await alice.LineAfterAsync("bob: "));
        await alice.LineAfterAsync("alice joined");
        output.WriteLine($"In after {alice.Started.ElapsedMilliseconds} ms");
        // What would steer a terminal does not.
        await bob.SendAsync("""{"channel":"chat","message":{"text":"hi\u001b[2J\r\n\u202Ealice"}}""");
        Assert.Equal("hi [2J   alice", await alice.LineAfterAsync("bob: "));
        await bob.NextOnAsync("chat");
        await alice.WriteLineAsync("/who");
        Assert.Equal("alice, bob", await alice.LineAfterAsync("here: "));
        await alice.WriteLineAsync("/name carol");
        await alice.LineAfterAsync("you are carol");
        await alice.WriteLineAsync("hello");
        var said = await bob.NextOnAsync("chat");
        Assert.Equal(("hello", "carol"), (said.GetProperty("text").GetString(), said.GetProperty("from").GetProperty("name").GetString()));
        await alice.WriteLineAsync("the last");
        alice.CloseInput();
        Assert.Equal(0, await alice.EndedAsync());
        Assert.Equal("the last", (await bob.NextOnAsync("chat")).GetProperty("text").GetString());
        Assert.DoesNotContain('\e', alice.Transcript);
    }
}
