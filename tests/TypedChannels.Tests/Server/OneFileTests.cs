namespace TypedChannels.Tests.Server.OneFile;

public class OneFileTests
{
    [Fact]
    public async Task The_one_file_program_works_as_written()
    {
        using var end = new CancellationTokenSource();
        using var errors = new StringWriter();
        var listening = new TaskCompletionSource<ChatServer>();
        var program = Program.RunAsync(Room.Options(), listening.SetResult, errors, end.Token);
        var server = await listening.Task.Within();
        while (server.Port == 0)
            await Task.Yield();

        var heard = new Seen<ChatMessage>();
        var named = new Seen<SetNameSuccess>();
        await using var alice = new ChatClient(new ClientOptions { Uri = new Uri($"ws://127.0.0.1:{server.Port}") });
        alice.OnChat += async message => heard.Add(message);
        alice.OnSetNameSuccess += async message => named.Add(message);
        await alice.ConnectAsync().Within();
        Assert.Equal(new ChatMessage("server", "someone joined"), await heard.NextAsync());

        await alice.SendSetNameAsync(new SetName("alice"));
        Assert.Equal(new SetNameSuccess("alice"), await named.NextAsync());
        await alice.SendChatAsync(new ChatMessage("whoever", "hi"));
        Assert.Equal(new ChatMessage("alice", "hi"), await heard.NextAsync());

        await using var bob = new ChatClient(new ClientOptions { Uri = new Uri($"ws://127.0.0.1:{server.Port}") });
        await bob.ConnectAsync().Within();
        Assert.Equal(new ChatMessage("server", "someone joined"), await heard.NextAsync());
        await bob.DisconnectAsync(4000, "enough");
        Assert.Equal(new ChatMessage("server", "anonymous left (4000)"), await heard.NextAsync());
        Assert.Equal("", errors.ToString());

        await end.CancelAsync();
        await program.Within();
    }
}
