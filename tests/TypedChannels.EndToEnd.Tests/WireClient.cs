using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace TypedChannels.Tests;

/// <summary>A client that knows WebSockets and JSON, and nothing of TypedChannels.</summary>
internal sealed class WireClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket;

    private WireClient(ClientWebSocket socket) => _socket = socket;

    /// <summary>Connects, again and again while the server's process is still starting.</summary>
    public static async Task<WireClient> ConnectAsync(Uri uri, ChildProcess server, Action<ClientWebSocketOptions>? configure = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var socket = new ClientWebSocket();
            configure?.Invoke(socket.Options);
            try
            {
                await socket.ConnectAsync(uri, limit.Token);
                return new WireClient(socket);
            }
            catch (WebSocketException) when (!server.HasExited)
            {
                socket.Dispose();
                // A program that says nothing when it listens leaves nothing to await.
                await Task.Delay(5, limit.Token);
            }
            catch (Exception exception)
            {
                socket.Dispose();
                throw new InvalidOperationException($"No connection to {uri}. The server wrote:\n{server.Transcript}", exception);
            }
        }
    }

    /// <summary>The status that a handshake is refused with.</summary>
    public static async Task<HttpStatusCode> AskAsync(Uri uri, Action<ClientWebSocketOptions>? configure = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(socket.Options);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(uri, limit.Token));
        return socket.HttpStatusCode;
    }

    public async Task SendAsync(string text)
    {
        using var limit = new CancellationTokenSource(Patience);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
    }

    /// <summary>The next message, as text; <see langword="null"/> at the end of the connection.</summary>
    public async Task<string?> NextAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            text.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
                return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        }
    }

    /// <summary>The next message on the channel; others are passed over.</summary>
    public async Task<JsonElement> NextOnAsync(string channel)
    {
        while (await NextAsync() is { } text)
        {
            using var envelope = JsonDocument.Parse(text);
            if (envelope.RootElement.GetProperty("channel").GetString() == channel)
                return envelope.RootElement.GetProperty("message").Clone();
        }
        throw new InvalidOperationException($"The connection ended with {(int?)_socket.CloseStatus} before a message on \"{channel}\".");
    }

    /// <summary>Reads to the end of the connection and says its close code.</summary>
    public async Task<int?> EndAsync()
    {
        while (await NextAsync() is not null)
        {
        }
        var code = (int?)_socket.CloseStatus;
        await CloseAsync();
        return code;
    }

    public async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return default;
    }
}
