using System.Diagnostics;
using TypedChannels.Tests;

namespace TypedChannels.Conformance.Tests;

/// <summary>That the runner says of another server what is known of it.</summary>
public class ForeignServerTests
{
    [Fact]
    public async Task The_server_of_npm_ws_is_told_to_check_the_text_of_a_frame_only_at_its_end() =>
        // What it does with text that is wrong in a frame's front is known: it waits for the frame's, or the message's, end.
        Assert.Equal(["6.4.1", "6.4.2", "6.4.3", "6.4.4"], await NotOkAsync(test => test.Group <= 10));

    [Fact]
    public async Task The_server_of_npm_ws_compresses_and_passes() =>
        Assert.Empty(await NotOkAsync(test => test.Group > 10, "--deflate"));

    private static async Task<string[]> NotOkAsync(Func<Case, bool> which, params string[] arguments)
    {
        var node = Ground.RequireNodeWithWs();
        var echo = Repository.PathTo("tests", "TypedChannels.Conformance", "echo.mjs");
        var start = new ProcessStartInfo(node, (string[])[echo, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var server = Process.Start(start)!;
        try
        {
            var port = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            var endpoint = new Endpoint("npm ws", new Uri($"ws://127.0.0.1:{port}/"), EndpointKind.Echo);
            var verdicts = await new Runner(parallel: 64, seed: 1, _ => { })
                .RunAsync(endpoint, CaseTable.All(isShort: true).Where(which), [Chopping.Whole]);
            return
            [
                .. verdicts.Where(verdict => verdict.Judgement is not (Judgement.Ok or Judgement.Informational))
                    .Select(verdict => verdict.Case).Order(StringComparer.Ordinal),
            ];
        }
        finally
        {
            // It goes when nobody speaks to it any more.
            server.StandardInput.Close();
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }
}
