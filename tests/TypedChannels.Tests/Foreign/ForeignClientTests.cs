using System.ComponentModel;
using System.Diagnostics;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Foreign;

/// <summary>What is not installed skips its test, unless <c>TYPEDCHANNELS_REQUIRE_ALL</c> is 1: then it fails.</summary>
public class ForeignClientTests
{
    private static bool RequiresAll => Environment.GetEnvironmentVariable("TYPEDCHANNELS_REQUIRE_ALL") == "1";

    [Fact]
    public async Task Client_of_another_language_that_knows_only_the_wire_is_served()
    {
        var folder = Path.Combine(Root(), "tests", "TypedChannels.Tests", "Foreign");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "ws")))
            Lacks("The package ws is not installed: run `npm ci` in tests/TypedChannels.Tests/Foreign.");

        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.OnUp += async (connection, message) =>
            {
                connection.Props.Name = message.Text;
                await connection.SendDownAsync(new Down(message.Text));
            };
            server.OnSay += (connection, message) => server.EmitSayAsync(message with { Text = $"{connection.Props.Name}: {message.Text}" });
            server.OnSmall += (_, _) => default;
            server.OnTick += (_, _) => throw new InvalidOperationException("on purpose");
        });
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(folder, "client.mjs"));
        start.ArgumentList.Add(room.Uri.ToString());
        using var node = Start(start);
        try
        {
            var output = node.StandardOutput.ReadToEndAsync();
            var errors = node.StandardError.ReadToEndAsync();
            await node.WaitForExitAsync().Within();
            Assert.Equal("", await errors);
            Assert.Equal("ok", (await output).Trim());
            Assert.Equal(0, node.ExitCode);
        }
        finally
        {
            if (!node.HasExited)
                node.Kill();
        }
        Assert.Equal(new Disconnect(4000, "done", true), (await room.Disconnected.NextAsync()).Disconnect);
        Assert.Equal(8, room.Errors.All.Count);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            Lacks($"Node.js cannot be started: {exception.Message}");
            throw;
        }
    }

    private static void Lacks(string what)
    {
        if (RequiresAll)
            Assert.Fail(what);
        Assert.Skip(what);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "TypedChannels.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder;
    }
}
