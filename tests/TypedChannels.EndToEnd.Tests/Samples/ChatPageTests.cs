namespace TypedChannels.Tests.Samples;

/// <summary>The sample's page in a real browser.</summary>
public class ChatPageTests(ITestOutputHelper output)
{
    private static readonly bool TakesScreenshots = Environment.GetEnvironmentVariable("TYPEDCHANNELS_SCREENSHOTS") == "1";

    [Fact]
    public async Task Two_tabs_chat_and_see_each_other_and_who_comes_and_goes()
    {
        var program = Ground.RequireChromium();
        await using var server = await ChatProcess.StartAsync(Repository.Program("samples/Chat/Chat.Server"));
        output.WriteLine($"The server is open after {server.Process.Started.ElapsedMilliseconds} ms");
        await using var browser = await Chromium.StartAsync(program);
        var ada = await browser.OpenAsync(server.Page, 1280, 800);
        await ada.UntilAsync("document.getElementById('name-dialog').open");
        await ada.TypeAsync("name", "Ada");
        await UntilHereAsync(ada, "Ada");

        // The second tab shares the first one's storage, asks for the same name, is refused, and asks its user.
        var grace = await browser.OpenAsync(server.Page, 1280, 800);
        await grace.UntilAsync("document.getElementById('name-dialog').open");
        await grace.TypeAsync("name", "Grace");
        await UntilHereAsync(grace, "Ada", "Grace");
        await UntilHereAsync(ada, "Ada", "Grace");
        output.WriteLine("Both tabs have a name");

        await SayAsync(ada, "Anybody here yet?", ada, grace);
        await SayAsync(grace, "Just walked in – is that one WebSocket for the two of us?", ada, grace);
        await SayAsync(ada, "One each, and one record says what goes over it: <ChatMessage>.", ada, grace);
        Assert.Equal("0", (await ada.CountAsync("ChatMessage"))!.ToJsonString());

        await using (var linus = await WireClient.ConnectAsync(server.Channels, server.Process))
        {
            await linus.SendAsync("""{"channel":"set:name","message":{"name":"Linus"}}""");
            await UntilHereAsync(ada, "Ada", "Grace", "Linus");
            await linus.SendAsync("""{"channel":"chat","message":{"text":"I came without a browser."}}""");
            await UntilSaidAsync(grace, "I came without a browser.");
            await linus.CloseAsync();
            Assert.Equal(1000, await linus.EndAsync());
        }
        await UntilEventAsync(ada, "Linus left");
        await UntilEventAsync(grace, "Linus left");
        await UntilHereAsync(grace, "Ada", "Grace");
        await SayAsync(grace, "And left again. It works!", ada, grace);
        output.WriteLine("Messages, a join and a leave were seen in both tabs");
        await TakeScreenshotsAsync(ada);

        await grace.CloseAsync();
        await UntilEventAsync(ada, "Grace left");
        await UntilHereAsync(ada, "Ada");
        Assert.Empty(browser.Errors);
    }

    private static async Task SayAsync(Chromium.Tab who, string text, params Chromium.Tab[] hearers)
    {
        await who.TypeAsync("message", text);
        foreach (var hearer in hearers)
            await UntilSaidAsync(hearer, text);
    }

    private static Task UntilSaidAsync(Chromium.Tab tab, string text) =>
        tab.UntilAsync($"[...document.querySelectorAll('#messages .bubble')].some(said => said.textContent === {Chromium.Tab.Quoted(text)})");

    private static Task UntilEventAsync(Chromium.Tab tab, string text) =>
        tab.UntilAsync($"[...document.querySelectorAll('#messages .event')].some(line => line.textContent === {Chromium.Tab.Quoted(text)})");

    private static Task UntilHereAsync(Chromium.Tab tab, params string[] names) =>
        tab.UntilAsync(
            $"[...document.querySelectorAll('#people .name')].map(name => name.textContent).join() === {Chromium.Tab.Quoted(string.Join(',', names))}"
            + " && !document.getElementById('name-dialog').open");

    private static async Task TakeScreenshotsAsync(Chromium.Tab tab)
    {
        if (!TakesScreenshots)
            return;
        var folder = Path.Combine(Repository.Root, "docs", "images");
        await tab.ResizeAsync(1120, 720);
        await tab.ScreenshotAsync(Path.Combine(folder, "chat.png"));
        await tab.ResizeAsync(390, 844);
        await tab.ScreenshotAsync(Path.Combine(folder, "chat-phone.png"));
    }
}
