namespace TypedChannels.Tests.Packages;

/// <summary>Contracts, server and client in a project each, with a package each.</summary>
public class ThreeProjectsTests(LocalFeed feed, ITestOutputHelper output)
{
    [Fact]
    public async Task Server_and_client_build_without_a_warning_and_talk()
    {
        Ground.RequireSignals();
        var folder = await NewProjectsAsync();

        Dotnet.AssertNoWarning(await feed.DotnetAsync(folder, "build", "Server", "-v:m", "--tl:off"));
        Dotnet.AssertNoWarning(await feed.DotnetAsync(folder, "build", "Client", "-v:m", "--tl:off"));

        await DriveAsync(Path.Combine(folder, "Server/bin/Debug/net10.0/Server"), Path.Combine(folder, "Client/bin/Debug/net10.0/Client"));
    }

    [Fact]
    public async Task Both_publish_as_native_binaries_without_a_warning_and_talk()
    {
        Ground.RequireNativeAot();
        var folder = await NewProjectsAsync();

        Dotnet.AssertNoWarning(await feed.DotnetAsync(folder, "publish", "Server", "-o", "server-out", "-v:m", "--tl:off"));
        Dotnet.AssertNoWarning(await feed.DotnetAsync(folder, "publish", "Client", "-o", "client-out", "-v:m", "--tl:off"));

        var server = Path.Combine(folder, "server-out", "Server");
        var client = Path.Combine(folder, "client-out", "Client");
        output.WriteLine($"Native binaries: server {Figures.Size(server)}, client {Figures.Size(client)}");
        await DriveAsync(server, client);
    }

    private async Task<string> NewProjectsAsync()
    {
        const string Program = "<OutputType>Exe</OutputType><PublishAot>true</PublishAot><InvariantGlobalization>true</InvariantGlobalization>";
        const string Contracts = """<ProjectReference Include="../Contracts/Contracts.csproj" />""";
        var folder = await feed.NewFolderAsync();
        await UserProject.WriteAsync(Path.Combine(folder, "Contracts"), "Contracts", "TypedChannels.Core", feed.Version);
        await UserProject.WriteAsync(Path.Combine(folder, "Server"), "Server", "TypedChannels", feed.Version, Program, Contracts);
        await UserProject.WriteAsync(Path.Combine(folder, "Client"), "Client", "TypedChannels.Client", feed.Version, Program, Contracts);
        foreach (var file in (string[])["Contracts/Messages.cs", "Server/Program.cs", "Client/Program.cs"])
            File.Copy(Repository.ProjectOfUser(file), Path.Combine(folder, file));
        return folder;
    }

    private async Task DriveAsync(string serverProgram, string clientProgram)
    {
        await using var server = new ChildProcess(serverProgram, []);
        var port = await server.LineAfterAsync("Listening on ");
        output.WriteLine($"The server listens after {server.Started.ElapsedMilliseconds} ms");
        await using var stranger = await WireClient.ConnectAsync(new Uri($"ws://127.0.0.1:{port}"), server);
        await stranger.NextOnAsync("_system:status:ready");

        await using var client = new ChildProcess(clientProgram, [$"ws://127.0.0.1:{port}"]);
        Assert.Equal(0, await client.EndedAsync());

        Assert.Equal("Named alice\nHeard alice, Lively: hello, <été> 🙂 a+b", client.Transcript);
        output.WriteLine($"The client has started, talked and ended after {client.Started.ElapsedMilliseconds} ms");
        Assert.Equal(
            """{"channel":"chat","message":{"user":"alice","text":"hello, <été> 🙂","mood":"Lively","tags":["a","b"]}}""",
            await stranger.NextAsync());

        server.SendTerminate();
        Assert.Equal(1001, await stranger.EndAsync());
        Assert.Equal(0, await server.EndedAsync());
    }
}
