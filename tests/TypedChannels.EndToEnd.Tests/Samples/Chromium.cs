using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TypedChannels.Tests.Samples;

/// <summary>A headless browser, driven over its DevTools protocol: commands are JSON objects with an id, and so are their answers.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    // No sandbox, since tests may run as root; nothing in the background, since tests need no network.
    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb", "--lang=en-GB",
        "--remote-debugging-port=0",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _profile;
    private readonly ChildProcess _process;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _answers = new();
    private Task _reading = Task.CompletedTask;
    private int _lastId;

    private Chromium(string program, string[] flags)
    {
        _profile = new TemporaryFolder();
        _process = new ChildProcess(program, [.. Flags, .. flags, $"--user-data-dir={_profile.Path}", "about:blank"]);
    }

    /// <summary>Uncaught exceptions and errors of all tabs' pages.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    public static async Task<Chromium> StartAsync(string program, params string[] flags)
    {
        var browser = new Chromium(program, flags);
        try
        {
            var address = await browser._process.LineAfterAsync("DevTools listening on ");
            await browser._socket.ConnectAsync(new Uri(address), browser._end.Token);
            browser._reading = browser.ReadAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <param name="uri">The page.</param>
    /// <param name="width">The window's width.</param>
    /// <param name="height">The window's height.</param>
    /// <param name="status">What the page says in its status once it is connected; null: it says so in a <c>data-state</c>.</param>
    public async Task<Tab> OpenAsync(Uri uri, int width, int height, string? status = null)
    {
        var target = (string)(await SendAsync("Target.createTarget", new() { ["url"] = "about:blank" }))["targetId"]!;
        var attached = await SendAsync("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true });
        var tab = new Tab(this, target, (string)attached["sessionId"]!);
        await tab.StartAsync(uri, width, height, status);
        return tab;
    }

    public async Task<JsonNode> SendAsync(string method, JsonObject parameters, string? session = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
            command["sessionId"] = session;
        var answer = _answers[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _sending.WaitAsync(_end.Token);
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, endOfMessage: true, _end.Token);
        }
        finally
        {
            _sending.Release();
        }
        try
        {
            return await answer.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"No answer to {method} {parameters.ToJsonString()}. Errors: {string.Join("; ", Errors)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _socket.Dispose();
        await _process.DisposeAsync();
        _profile.Dispose();
        _sending.Dispose();
        _end.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(), _end.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                    break;
                message.Write(buffer, 0, received.Count);
                if (!received.EndOfMessage)
                    continue;
                Receive(JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!);
                message.SetLength(0);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The end of the test, or of the browser, which its unanswered commands will report.
        }
    }

    private void Receive(JsonNode message)
    {
        if (message["id"] is { } id && _answers.TryRemove((int)id, out var answer))
        {
            if (message["error"] is { } error)
                answer.SetException(new InvalidOperationException(error.ToJsonString()));
            else
                answer.SetResult(message["result"]!);
            return;
        }
        var details = (string?)message["method"] switch
        {
            "Runtime.exceptionThrown" => message["params"]!["exceptionDetails"],
            "Log.entryAdded" when (string?)message["params"]!["entry"]!["level"] == "error" => message["params"]!["entry"],
            _ => null,
        };
        if (details is not null)
            Errors.Enqueue(details.ToJsonString());
    }

    /// <summary>One tab with a page.</summary>
    internal sealed class Tab(Chromium browser, string target, string session)
    {
        public async Task StartAsync(Uri uri, int width, int height, string? status)
        {
            await SendAsync("Page.enable");
            await SendAsync("Runtime.enable");
            await SendAsync("Log.enable");
            await ResizeAsync(width, height);
            // Nothing that moves: a picture shows what has arrived, and a tab in the background does not animate at all.
            await SendAsync("Emulation.setEmulatedMedia", new()
            {
                ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-reduced-motion", ["value"] = "reduce" }),
            });
            await SendAsync("Page.navigate", new() { ["url"] = uri.ToString() });
            var isOpen = status is null ? ".dataset.state === 'open'" : $".textContent === {Quoted(status)}";
            await UntilAsync($"document.readyState === 'complete' && document.getElementById('status')?{isOpen}");
        }

        public Task ResizeAsync(int width, int height) => SendAsync(
            "Emulation.setDeviceMetricsOverride",
            new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 2, ["mobile"] = width < 600 });

        /// <summary>Waits for a condition of the page, which is tested after each change of the document.</summary>
        public async Task UntilAsync(string condition)
        {
            var script = $$"""
                new Promise(done => {
                  const test = () => { if ({{condition}}) { observer.disconnect(); removeEventListener("load", test); done(true); } };
                  const observer = new MutationObserver(test);
                  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
                  addEventListener("load", test);
                  test();
                })
                """;
            try
            {
                await EvaluateAsync(script);
            }
            catch (TimeoutException exception)
            {
                var text = await EvaluateAsync("document.body.innerText");
                throw new TimeoutException($"This never came: {condition}. The page shows:\n{text}", exception);
            }
        }

        public Task<JsonNode?> CountAsync(string selector) => EvaluateAsync($"document.querySelectorAll({Quoted(selector)}).length");

        /// <summary>Types into a field and presses Enter, as its user would.</summary>
        public async Task TypeAsync(string field, string text)
        {
            await SendAsync("Page.bringToFront");
            await EvaluateAsync($"document.getElementById({Quoted(field)}).focus()");
            await EvaluateAsync($"document.getElementById({Quoted(field)}).select()");
            await SendAsync("Input.insertText", new() { ["text"] = text });
            foreach (var type in (string[])["keyDown", "keyUp"])
            {
                await SendAsync(
                    "Input.dispatchKeyEvent",
                    new() { ["type"] = type, ["key"] = "Enter", ["code"] = "Enter", ["windowsVirtualKeyCode"] = 13, ["text"] = "\r" });
            }
        }

        public async Task<JsonNode?> EvaluateAsync(string script)
        {
            var answer = await SendAsync(
                "Runtime.evaluate", new() { ["expression"] = script, ["awaitPromise"] = true, ["returnByValue"] = true });
            Assert.True(answer["exceptionDetails"] is null, answer.ToJsonString());
            return answer["result"]!["value"];
        }

        public async Task ScreenshotAsync(string file)
        {
            await SendAsync("Page.bringToFront");
            var picture = await SendAsync("Page.captureScreenshot", new() { ["format"] = "png" });
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, Convert.FromBase64String((string)picture["data"]!));
        }

        public Task CloseAsync() => browser.SendAsync("Target.closeTarget", new() { ["targetId"] = target });

        public static string Quoted(string text) => JsonSerializer.Serialize(text);

        private Task<JsonNode> SendAsync(string method, JsonObject? parameters = null) => browser.SendAsync(method, parameters ?? [], session);
    }
}
