using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CsCheck;

namespace TypedChannels.Tests.Connections;

public class RuntimeChannelsTests
{
    private static readonly JsonTypeInfo<Note> AsNote = NoteContext.Default.Note;

    private readonly RuntimeChannels channels = new(), serverChannels = new();
    private readonly List<string> ran = [];

    [Fact]
    public async Task Server_runs_before_connection_in_the_order_of_registration_each_awaited()
    {
        var gate = new TaskCompletionSource();
        channels.Add("x", NoEvent, AsNote, Record("c1"));
        serverChannels.Add("x", NoEvent, AsNote, Record("s1", gate.Task));
        serverChannels.Add("x", NoEvent, AsNote, Record("s2"));
        channels.Add("x", NoEvent, AsNote, Record("c2"));
        var rig = Open();
        Receive(rig, "x", """{"text":"a"}""");
        Assert.Equal(["s1 a"], ran);
        gate.SetResult();
        await EndAsync(rig);
        Assert.Equal(["s1 a", "s2 a", "c1 a", "c2 a"], ran);
        Assert.Empty(rig.Errors);
    }

    [Fact]
    public async Task Handlers_are_given_the_connection()
    {
        object? given = null;
        channels.Add("x", NoEvent, AsNote, (connection, _) => { given = connection; return default; });
        var rig = Open();
        Receive(rig, "x", """{"text":"a"}""");
        await EndAsync(rig);
        Assert.Same(rig, given);
    }

    [Fact]
    public async Task Message_is_read_before_the_first_wait_of_a_handler_by_all_of_them()
    {
        var gate = new TaskCompletionSource();
        serverChannels.Add("x", NoEvent, AsNote, Record("s", gate.Task));
        channels.Add("x", NoEvent, AsNote, Record("c"));
        var rig = Open();
        var bytes = Encoding.UTF8.GetBytes("""{"channel":"x","message":{"text":"a"}}""");
        rig.Connection.Receive(Opcode.Text, bytes);
        // As the transport does: the bytes are another message's by the time the handler goes on.
        bytes.AsSpan().Fill((byte)'!');
        gate.SetResult();
        await EndAsync(rig);
        Assert.Equal(["s a", "c a"], ran);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Message_that_one_handler_cannot_read_is_invalid_and_reaches_none(bool onOneSide)
    {
        serverChannels.Add("x", NoEvent, AsNote, Record("s"));
        (onOneSide ? serverChannels : channels).Add("x", NoEvent, Numbers, (_, _) => { ran.Add("numbers"); return default; });
        var rig = Open();
        Receive(rig, "x", """{"text":"a"}""");
        await EndAsync(rig);
        Assert.Empty(ran);
        var error = Assert.Single(rig.Errors);
        Assert.Equal((ConnectionErrors.InvalidMessage, "x"), (error.Code, error.Channel));
        Assert.IsType<JsonException>(error.Exception);
    }

    [Fact]
    public async Task First_failure_ends_the_message_and_only_it()
    {
        serverChannels.Add("x", NoEvent, AsNote, Record("s"));
        channels.Add("x", NoEvent, AsNote, async (_, _) => { await Task.Yield(); throw new FormatException("on purpose"); });
        channels.Add("x", NoEvent, AsNote, Record("c"));
        channels.Add("y", NoEvent, AsNote, Record("y"));
        var rig = Open();
        Receive(rig, "x", """{"text":"a"}""");
        Receive(rig, "y", """{"text":"b"}""");
        await EndAsync(rig);
        Assert.Equal(["s a", "y b"], ran);
        var error = Assert.Single(rig.Errors);
        Assert.Equal((ConnectionErrors.HandlerFailed, "x"), (error.Code, error.Channel));
        Assert.IsType<FormatException>(error.Exception);
    }

    [Fact]
    public async Task Disposing_removes_one_registration_and_a_second_time_none()
    {
        var same = Record("same");
        var first = channels.Add("x", NoEvent, AsNote, same);
        channels.Add("x", NoEvent, AsNote, same);
        first.Dispose();
        first.Dispose();
        var rig = Open();
        Receive(rig, "x", """{"text":"a"}""");
        await EndAsync(rig);
        Assert.Equal(["same a"], ran);
    }

    [Fact]
    public async Task Channel_without_a_handler_is_unknown_before_and_after_it_had_one()
    {
        var rig = Open();
        Receive(rig, "x", "{}");
        channels.Add("x", NoEvent, AsNote, Record("c")).Dispose();
        Assert.Null(channels.Find("x"u8));
        Receive(rig, "x", "{}");
        await EndAsync(rig);
        Assert.Equal([ConnectionErrors.UnknownChannel, ConnectionErrors.UnknownChannel], rig.Errors.Select(e => e.Code));
        Assert.All(rig.Errors, e => Assert.Null(e.Channel));
    }

    [Fact]
    public async Task Handler_removes_itself_and_adds_another_while_it_runs()
    {
        IDisposable? registration = null;
        registration = channels.Add("x", NoEvent, AsNote, (connection, note) =>
        {
            registration!.Dispose();
            channels.Add("x", NoEvent, AsNote, Record("new"));
            return Record("old")(connection, note);
        });
        var rig = Open();
        Receive(rig, "x", """{"text":"1"}""");
        Receive(rig, "x", """{"text":"2"}""");
        await EndAsync(rig);
        Assert.Equal(["old 1", "new 2"], ran);
    }

    [Theory]
    [InlineData("x\0")]
    [InlineData("X")]
    [InlineData("")]
    [InlineData("xx")]
    public void Name_is_found_only_as_it_is_written(string other)
    {
        channels.Add("x", NoEvent, AsNote, Record("c"));
        Assert.NotNull(channels.Find("x"u8));
        Assert.Null(channels.Find(Encoding.UTF8.GetBytes(other)));
    }

    [Fact]
    public void Longest_name_is_found_and_what_is_longer_is_not_looked_for()
    {
        var name = new string('é', 64);
        channels.Add(name, NoEvent, AsNote, Record("c"));
        Assert.NotNull(channels.Find(Encoding.UTF8.GetBytes(name)));
        Assert.Null(channels.Find(Encoding.UTF8.GetBytes(name + "x")));
        Assert.Null(channels.Find(new byte[1_000_000]));
    }

    [Fact]
    public void What_is_no_text_does_not_find_the_character_that_stands_for_it()
    {
        channels.Add("\uFFFD", NoEvent, AsNote, Record("c"));
        Assert.NotNull(channels.Find("\uFFFD"u8));
        Assert.Null(channels.Find([0xFF]));
    }

    [Fact]
    public void Looking_for_a_peers_name_allocates_nothing()
    {
        channels.Add("x", NoEvent, AsNote, Record("c"));
        Look();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Look();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Look()
        {
            for (var i = 0; i < 100; i++)
                _ = (channels.Find("x"u8), channels.Find("no such channel"u8), channels.Find([0xFF]));
        }
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a\nb", "control character")]
    [InlineData("a\u0085b", "control character")]
    [InlineData("<", "surrogate")]
    [InlineData("a>b", "surrogate")]
    [InlineData("><", "surrogate")]
    [InlineData("_system:error", "framework")]
    [InlineData("_system:", "framework")]
    [InlineData("long", "128 bytes")]
    public void Refuses_a_name_that_no_channel_may_have(string name, string what)
    {
        // An attribute cannot carry half a surrogate pair.
        name = name == "long" ? new string('é', 64) + "x" : name.Replace('<', '\ud83d').Replace('>', '\ude42');
        var refused = Assert.Throws<ArgumentException>("channel", () => channels.Add(name, NoEvent, AsNote, Record("c")));
        Assert.Contains(what, refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, Assert.Throws<ArgumentException>("channel", () => RuntimeDescriptor.OfEmpty(name)).Message);
        Assert.Equal(refused.Message, Assert.Throws<ArgumentException>("channel", () => RuntimeDescriptor.Of(name, AsNote)).Message);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("_system")]
    [InlineData("room:🙂 \"q\"")]
    public void Takes_every_other_name(string name)
    {
        channels.Add(name, NoEvent, AsNote, Record("c"));
        Assert.NotNull(channels.Find(Encoding.UTF8.GetBytes(name)));
        Assert.Equal(name, RuntimeDescriptor.OfEmpty(name).Name);
    }

    [Fact]
    public void Refuses_a_channel_that_the_contract_receives_and_names_its_event()
    {
        var refused = Assert.Throws<ArgumentException>("channel", () => channels.Add("chat", name => name == "chat" ? "OnChat" : null, AsNote, Record("c")));
        Assert.Contains("OnChat", refused.Message, StringComparison.Ordinal);
        Assert.Null(channels.Find("chat"u8));
    }

    [Fact]
    public void Holds_what_was_added_and_not_removed_whatever_the_order() =>
        Gen.Int[0, 11].Array[0, 60].Sample(steps =>
        {
            var table = new RuntimeChannels();
            var held = new List<(string Name, IDisposable Registration)>();
            foreach (var step in steps)
            {
                if (step < 6)
                {
                    var name = $"{step % 3}";
                    held.Add((name, table.Add(name, NoEvent, AsNote, Record(name))));
                }
                else if (held.Count > 0)
                {
                    held[step % held.Count].Registration.Dispose();
                    held.RemoveAt(step % held.Count);
                }
                foreach (var name in (string[])["0", "1", "2"])
                    Assert.Equal(held.Any(one => one.Name == name), table.Find(Encoding.UTF8.GetBytes(name)) is not null);
            }
        });

    [Fact]
    public async Task Nothing_is_lost_or_left_over_when_threads_add_and_remove_at_once()
    {
        const int Threads = 4, Times = 20_000, Staying = 20;
        var stays = new int[Threads];
        using var start = new Barrier(Threads);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                for (var i = 0; i < Times; i++)
                {
                    using var passing = channels.Add($"{i % 2}", NoEvent, AsNote, (_, _) => throw new InvalidOperationException("Removed."));
                    if (i % (Times / Staying) == 0)
                        channels.Add("0", NoEvent, AsNote, (_, _) => { stays[thread]++; return default; });
                }
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default))).Soon();
        var rig = Open();
        Receive(rig, "0", """{"text":"a"}""");
        await EndAsync(rig);
        Assert.Empty(rig.Errors);
        Assert.All(stays, count => Assert.Equal(Staying, count));
        Assert.Null(channels.Find("1"u8));
    }

    private static JsonTypeInfo<Dictionary<string, int>> Numbers => NumbersContext.Default.DictionaryStringInt32;

    private static string? NoEvent(string channel) => null;

    private static void Receive(Rig rig, string channel, string message) =>
        rig.Connection.Receive(Opcode.Text, Encoding.UTF8.GetBytes($$"""{"channel":"{{channel}}","message":{{message}}}"""));

    private static async Task EndAsync(Rig rig)
    {
        rig.Connection.TransportClosed(new Disconnect(1000, "", true));
        await rig.Connection.Finished.Soon();
    }

    private Rig Open() => new Rig { Channels = channels, ServerChannels = serverChannels }.Open();

    private ChannelHandler<object, Note> Record(string name, Task? until = null) => (_, note) =>
    {
        ran.Add($"{name} {note.Text}");
        return until is null ? default : new ValueTask(until);
    };
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, int>))]
internal sealed partial class NumbersContext : System.Text.Json.Serialization.JsonSerializerContext;
