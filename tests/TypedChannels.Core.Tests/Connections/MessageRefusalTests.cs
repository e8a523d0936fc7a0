using System.Text;
using Microsoft.Extensions.Logging;

namespace TypedChannels.Tests.Connections;

/// <summary>What a bad message costs: that message, an answer, and in the end the connection.</summary>
public class MessageRefusalTests
{
    [Theory]
    [InlineData("secret", ConnectionErrors.InvalidJson, false)]
    [InlineData("[\"secret\"]", ConnectionErrors.InvalidEnvelope, false)]
    [InlineData("""{"channel":"secret"}""", ConnectionErrors.UnknownChannel, false)]
    [InlineData("""{"channel":"_system:secret"}""", ConnectionErrors.UnknownChannel, false)]
    [InlineData("""{"channel":"note","message":{"text":["secret"]}}""", ConnectionErrors.InvalidMessage, true)]
    [InlineData("""{"channel":"note","message":{"secret":1}}""", ConnectionErrors.InvalidMessage, true)]
    [InlineData("""{"channel":"note","message":{"text":null}}""", ConnectionErrors.InvalidMessage, true)]
    [InlineData("""{"channel":"note","message":{"text":"\uD800secret"}}""", ConnectionErrors.InvalidMessage, true)]
    [InlineData("""{"channel":"note","message":{"text":"fail secret"}}""", ConnectionErrors.HandlerFailed, true)]
    [InlineData("""{"channel":"note","message":{"text":"fail later secret"}}""", ConnectionErrors.HandlerFailed, true)]
    [InlineData("""{"channel":"note","message":{"text":"cancel secret"}}""", ConnectionErrors.HandlerFailed, true)]
    public void The_sender_is_told_the_code_and_nothing_of_the_message_and_the_connection_goes_on(string text, ConnectionErrors expected, bool isKnown)
    {
        var rig = Failing();
        rig.Connection.Receive(Opcode.Text, Encoding.UTF8.GetBytes(text));
        var error = Assert.Single(rig.Errors);
        Assert.Equal(expected, error.Code);
        Assert.Equal(isKnown ? "note" : null, error.Channel);
        Assert.NotEmpty(error.Detail);
        var channel = isKnown ? ",\"channel\":\"note\"" : "";
        Assert.Equal(["{\"channel\":\"_system:error\",\"message\":{\"code\":\"" + expected + "\"" + channel + "}}"], rig.Transport.Take());
        Assert.True(rig.Connection.IsAlive);
        Assert.Equal(expected == ConnectionErrors.HandlerFailed ? 1 : 0, rig.Log.Count(line => line.Level > LogLevel.Debug));

        rig.Receive("fine");
        Assert.Single(rig.Errors);
        Assert.False(rig.Connection.IsHandling);
    }

    [Fact]
    public async Task Where_sends_wait_for_room_an_answer_without_room_is_left_out()
    {
        var rig = new Rig(new ConnectionLimits { SendQueueBytes = Note.Bytes("x").Length + ConnectionLimits.MessageOverheadBytes, SlowConsumer = SlowConsumer.Wait }).Open();
        await rig.SendAsync("x");
        rig.Connection.Receive(Opcode.Text, "nonsense"u8);
        Assert.Single(rig.Errors);
        Assert.True(rig.Connection.IsAlive);
        Assert.Single(rig.Transport.Take());
    }

    [Fact]
    public void A_message_longer_than_its_channels_limit_is_refused_unread()
    {
        var limited = new ChannelDescriptor<Note>("note", ChannelDirection.Both, Note.Bytes("12").Length, Note.Channel.Codec);
        var rig = new Rig { Channel = limited };
        var handled = rig.Record();
        rig.Open();
        rig.Receive("12");
        rig.Receive("123");
        Assert.Equal(["12"], handled);
        Assert.Equal(ConnectionErrors.MessageTooLarge, Assert.Single(rig.Errors).Code);
        Assert.Single(rig.Transport.Take());
    }

    [Fact]
    public void A_message_that_nobody_handles_is_not_told_to_the_sender()
    {
        var rig = new Rig().Open();
        for (var i = 0; i < 200; i++)
            rig.Receive("x");
        Assert.Equal(200, rig.Errors.Count);
        Assert.All(rig.Errors, error => Assert.Equal(ConnectionErrors.NoHandler, error.Code));
        Assert.Empty(rig.Transport.Take());
        Assert.True(rig.Connection.IsAlive);
    }

    [Fact]
    public void At_most_ten_answers_a_second_are_sent()
    {
        var rig = new Rig(new ConnectionLimits { MessageErrorLimit = 1000 }).Open();
        for (var second = 0; second < 3; second++)
        {
            for (var i = 0; i < 25; i++)
                rig.Connection.Receive(Opcode.Text, Rig.Unknown);
            Assert.Equal(10, rig.Transport.Take().Count);
            rig.Time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(75, rig.Errors.Count);
    }

    [Fact]
    public void A_side_that_does_not_answer_only_raises_the_event()
    {
        var rig = new Rig(new ConnectionLimits { AnswersErrors = false }).Open();
        rig.Connection.Receive(Opcode.Text, Rig.Unknown);
        Assert.Single(rig.Errors);
        Assert.Empty(rig.Transport.Take());
    }

    [Fact]
    public async Task Too_many_errors_in_a_minute_close_with_1008()
    {
        var rig = new Rig(new ConnectionLimits { MessageErrorLimit = 3 }).Open();
        for (var i = 0; i < 3; i++)
            rig.Connection.Receive(Opcode.Text, Rig.Unknown);
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 3; i++)
            rig.Connection.Receive(Opcode.Text, Rig.Unknown);
        Assert.True(rig.Connection.IsAlive);
        rig.Connection.Receive(Opcode.Text, Rig.Unknown);
        Assert.Equal(CloseCode.PolicyViolation, (await rig.Transport.CloseBegun.Soon()).Code);
        // Dropped.
        rig.Connection.Receive(Opcode.Text, Rig.Unknown);
        Assert.Equal(7, rig.Errors.Count);
    }

    [Fact]
    public void Failures_of_this_side_do_not_count_against_the_peer()
    {
        var rig = Failing(new ConnectionLimits { MessageErrorLimit = 0 });
        for (var i = 0; i < 100; i++)
            rig.Receive("fail");
        Assert.True(rig.Connection.IsAlive);
        rig.Handlers = null;
        for (var i = 0; i < 100; i++)
            rig.Receive("x");
        Assert.True(rig.Connection.IsAlive);
        rig.Connection.Receive(Opcode.Text, Rig.Unknown);
        Assert.False(rig.Connection.IsAlive);
    }

    [Fact]
    public void A_handler_that_stops_because_its_connection_is_gone_has_not_failed()
    {
        var rig = new Rig();
        rig.Handlers = [_ => { rig.Connection.Leave(); return rig.SendAsync("x"); }];
        rig.Open();
        rig.Receive("x");
        Assert.Empty(rig.Errors);
    }

    [Fact]
    public void The_first_failing_handler_ends_the_message_for_those_after_it()
    {
        var ran = new List<string>();
        var rig = new Rig
        {
            ServerHandlers = [(_, _) => { ran.Add("server"); return default; }],
            Handlers = [_ => { ran.Add("first"); throw new FormatException(); }, _ => { ran.Add("second"); return default; }],
        }.Open();
        rig.Receive("x");
        Assert.Equal(["server", "first"], ran);
        Assert.IsType<FormatException>(Assert.Single(rig.Errors).Exception);
    }

    [Fact]
    public void What_a_users_message_error_handler_throws_is_logged()
    {
        var rig = new Rig();
        rig.Connection.RaiseMessageError(_ => throw new FormatException(), new MessageError(ConnectionErrors.NoHandler, null, "", null));
        Assert.Single(rig.Log);
    }

    private static Rig Failing(ConnectionLimits? limits = null) => new Rig(limits)
    {
        Handlers =
        [
            note => note.Text switch
            {
                "fine" => default,
                { } text when text.StartsWith("fail later", StringComparison.Ordinal) => ValueTask.FromException(new FormatException(text)),
                { } text when text.StartsWith("cancel", StringComparison.Ordinal) => ValueTask.FromCanceled(new CancellationToken(true)),
                { } text => throw new FormatException(text),
            },
        ],
    }.Open();
}
