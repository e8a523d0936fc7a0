using System.Diagnostics;
using TypedChannels.Tests.Server.OneFile;

namespace TypedChannels.Tests.Foreign;

public class WireExampleTests
{
    [Fact]
    public async Task The_client_of_the_documentation_works_as_written()
    {
        var node = Ground.RequireProgram("There is no Node.js on the PATH.", "node");
        using var end = new CancellationTokenSource();
        using var errors = new StringWriter();
        var listening = new TaskCompletionSource<ChatServer>();
        var program = Program.RunAsync(Room.Options(), listening.SetResult, errors, end.Token);
        var server = await listening.Task.Within();
        await Wait.UntilAsync(() => server.Port, port => port != 0);

        var page = await File.ReadAllTextAsync(Repository.PathTo("docs", "wire.md"), TestContext.Current.CancellationToken);
        var script = page.Split("```js\n")[1].Split("```")[0];
        Assert.Contains("ws://localhost:3549/", script, StringComparison.Ordinal);
        // Before version 22 the WebSocket that browsers have is behind a flag.
        var start = new ProcessStartInfo(node, ["--experimental-websocket", "--input-type=module", "--eval",
            script.Replace("localhost:3549", $"127.0.0.1:{server.Port}", StringComparison.Ordinal)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var complaint = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).Within();
            Ground.Require(!(await complaint).Contains("bad option", StringComparison.Ordinal), "This Node.js has no WebSocket: version 20 is the first.");
            Assert.Equal("server: someone joined\nalice: hi\nclosed with 1000\n", (await output).ReplaceLineEndings("\n"));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
        await end.CancelAsync();
        await program.Within();
        Assert.Equal("", errors.ToString());
    }
}
