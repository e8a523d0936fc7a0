using System.Security.Cryptography;

namespace TypedChannels.Tests.Packages;

/// <summary>A new user with one package and one file.</summary>
public class ServerOnlyTests(LocalFeed feed, ITestOutputHelper output)
{
    // The program has it written in it.
    private const int Port = 3549;
    private static readonly Uri Uri = new($"ws://127.0.0.1:{Port}");

    private static string Program => Path.Combine(Repository.ProjectOfUser("OneFile"), "Program.cs");

    [Fact]
    public void The_program_is_the_first_one_of_the_readme_unchanged()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var block = readme.Split("```")[1];

        Assert.Equal("csharp\n" + File.ReadAllText(Program), block);
    }

    [Fact]
    public void The_program_is_as_it_was_first_promised() =>
        // A user's first file has to go on working: a change of it, here and in the README, breaks that promise.
        Assert.Equal("5dfc8b73e5328448f8f4a2c3483cf69931ef7555067918edf4dfc1ec4ffcb691", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Program))));

    [Fact]
    public async Task The_documented_file_builds_without_a_warning_and_serves_until_it_is_terminated()
    {
        Ground.RequireSignals();
        Ground.RequireFreePort(Port);
        var folder = await NewProjectAsync();

        Dotnet.AssertNoWarning(await feed.DotnetAsync(folder, "build", "-v:m", "--tl:off"));

        await DriveAsync(Path.Combine(folder, "bin", "Debug", "net10.0", "App"));
    }

    [Fact]
    public async Task It_publishes_as_a_native_binary_without_a_warning_and_serves_the_same()
    {
        Ground.RequireNativeAot();
        Ground.RequireFreePort(Port);
        var folder = await NewProjectAsync();

        Dotnet.AssertNoWarning(await feed.DotnetAsync(folder, "publish", "-p:PublishAot=true", "-o", "out", "-v:m", "--tl:off"));

        var binary = Path.Combine(folder, "out", "App");
        output.WriteLine($"The one-file server as a native binary: {Figures.Size(binary)}");
        await DriveAsync(binary);
    }

    private async Task<string> NewProjectAsync()
    {
        var folder = await feed.NewFolderAsync();
        await feed.DotnetAsync(folder, "new", "console", "-n", "App", "-o", ".", "--no-restore");
        await feed.DotnetAsync(folder, "add", "package", "TypedChannels", "--version", feed.Version);
        File.Copy(Program, Path.Combine(folder, "Program.cs"), overwrite: true);
        return folder;
    }

    private async Task DriveAsync(string program)
    {
        await using var server = new ChildProcess(program, []);
        await using var alice = await WireClient.ConnectAsync(Uri, server);
        Assert.Equal("""{"channel":"_system:status:ready","message":{}}""", await alice.NextAsync());
        output.WriteLine($"Started, connected and ready after {server.Started.ElapsedMilliseconds} ms");
        Assert.Equal("someone joined", (await alice.NextOnAsync("chat")).GetProperty("text").GetString());

        await alice.SendAsync("""{"channel":"set:name","message":{"name":"alice"}}""");
        Assert.Equal("""{"channel":"set:name success","message":{"name":"alice"}}""", await alice.NextAsync());

        await using (var bob = await WireClient.ConnectAsync(Uri, server))
        {
            await bob.NextOnAsync("_system:status:ready");
            await alice.SendAsync("""{"message":{"user":"mallory","text":"<é> 🙂"},"channel":"chat"}""");
            await bob.NextOnAsync("chat");
            Assert.Equal("""{"channel":"chat","message":{"user":"alice","text":"<é> 🙂"}}""", await bob.NextAsync());
            await bob.CloseAsync();
            Assert.Equal(1000, await bob.EndAsync());
        }
        await alice.NextOnAsync("chat");
        await alice.NextOnAsync("chat");
        Assert.StartsWith("anonymous left (", (await alice.NextOnAsync("chat")).GetProperty("text").GetString(), StringComparison.Ordinal);

        server.SendTerminate();

        Assert.Equal(1001, await alice.EndAsync());
        Assert.Equal(0, await server.EndedAsync());
        Assert.Equal("", server.Transcript);
    }
}
