using System.Diagnostics;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Foreign;

/// <summary>What is not installed skips its test, unless <c>TYPEDCHANNELS_REQUIRE_ALL</c> is 1: then it fails.</summary>
public class ForeignClientTests
{
    [Fact]
    public async Task Client_of_another_language_that_knows_only_the_wire_is_served()
    {
        var program = Ground.RequireNodeWithWs();
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
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Repository.PathTo("tests", "TypedChannels.Tests", "Foreign", "client.mjs"));
        start.ArgumentList.Add(room.Uri.ToString());
        using var node = Process.Start(start)!;
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
}
