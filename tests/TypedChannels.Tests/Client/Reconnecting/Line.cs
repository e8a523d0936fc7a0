using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace TypedChannels.Tests.Client.Reconnecting;

/// <summary>A server's end of one connection, on bytes.</summary>
internal sealed class Line(NetworkStream stream) : IAsyncDisposable
{
    public NetworkStream Stream => stream;

    /// <summary>A connection that is ready.</summary>
    public static async Task<Line> AcceptAsync(FakeServer server)
    {
        var line = new Line(await server.HandshakeAsync());
        await line.Stream.WriteAsync(FakeServer.Ready);
        return line;
    }

    /// <summary>Ends as when the process is killed.</summary>
    public void Kill()
    {
        stream.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        stream.Socket.Close();
    }

    public async Task CloseAsync(int code)
    {
        await stream.WriteAsync(FakeServer.Close(code));
        await FakeServer.ReadCloseAsync(stream);
        await DisposeAsync();
    }

    public Task SendDownAsync(string text) =>
        stream.WriteAsync(FakeServer.Text($$$"""{"channel":"down","message":{"text":"{{{text}}}"}}""")).AsTask().Within();

    /// <summary>The text of the next message on the channel "up".</summary>
    public async Task<string> HearAsync()
    {
        while (true)
        {
            var (opcode, payload) = await FakeServer.ReadFrameAsync(stream);
            if (opcode != RawClient.Text)
                continue;
            using var message = JsonDocument.Parse(Encoding.UTF8.GetString(payload));
            Assert.Equal("up", message.RootElement.GetProperty("channel").GetString());
            return message.RootElement.GetProperty("message").GetProperty("text").GetString()!;
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
