namespace TypedChannels.Tests.Samples;

/// <summary>The sample's server as a process, on a free port unless a test names one.</summary>
internal sealed class ChatProcess : IAsyncDisposable
{
    private ChatProcess(ChildProcess process, Uri page) => (Process, Page) = (process, page);

    public ChildProcess Process { get; }

    public Uri Page { get; }

    public Uri Channels => new UriBuilder(Page) { Scheme = "ws", Path = "/chat" }.Uri;

    public static async Task<ChatProcess> StartAsync(string program, int port = 0)
    {
        var process = new ChildProcess(program, ["--urls", $"http://127.0.0.1:{port}"]);
        try
        {
            return new ChatProcess(process, new Uri(await process.LineAfterAsync("Chat is open at ")));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
