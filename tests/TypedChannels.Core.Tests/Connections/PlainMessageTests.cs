using System.Text;
using System.Text.Unicode;
using CsCheck;

namespace TypedChannels.Tests.Connections;

/// <summary>
/// A message that is plainly good is parsed once, straight into its record. Whatever the text is, that comes to the same as looking at all
/// of it first.
/// </summary>
public class PlainMessageTests
{
    private static readonly Gen<string> Piece = Gen.OneOf(
        "{\"channel\":\"", "note", "\",\"message\":", "{\"text\":\"a\"}", "}", "{", "\"", ",", ":", "{}", "[]", "null", " ", "\n", "\\", "\\u0061", "é", "🙂", "\u0001",
        "\"text\":", "\"more\":", "\"channel\":\"note\"", "\"message\":{}", "[[[{}]]]", "_system:known", "_system:", "unknown", "1e999", "\\uD800", "\0");

    // A property is tried on several threads at once.
    private static readonly ThreadLocal<(Subject Plain, Subject Whole)> Both = new(() => (new Subject(), new Subject()));

    public static TheoryData<string> Texts =>
    [
        """{"channel":"note","message":{"text":"a"}}""",
        """{"channel":"note","message":{"text":"a","more":{"deep":[1,{"x":null}]}}}""",
        """{"channel":"note","message":{"text":"a"} }""",
        """{"channel":"note","message":{"text":"a"}},""",
        """{"channel":"note","message":{"text":"a"}}}""",
        """{"channel":"note","message":{"text":"a"},"more":1}""",
        """{"channel":"note","message":{"text":"a"},"channel":"note"}""",
        """{"channel":"note","message":{"text":"a"},"message":{}}""",
        """{"channel":"note","message":{"text":"a"}""",
        """{"channel":"note","message":{"text":1}}""",
        """{"channel":"note","message":{"text":null}}""",
        """{"channel":"note","message":{}}""",
        """{"channel":"note","message":[]}""",
        """{"channel":"note","message":null}""",
        """{"channel":"note","message":{"text":"a","text":"b"}}""",
        """{"channel":"unknown","message":{"text":"a"}}""",
        """{"channel":"unknown","message":{"text":}}""",
        """{"channel":"n\u006fte","message":{"text":"a"}}""",
        """{"channel":"note\","message":{"text":"a"}}""",
        """{"channel":"_system:known","message":{"text":"a"}}""",
        """{"channel":"_system:none","message":{"text":"a"}}""",
        """{"channel":"","message":{"text":"a"}}""",
        "{\"channel\":\"no\u0001te\",\"message\":{\"text\":\"a\"}}",
        "{\"channel\":\"note\",\"message\":{\"text\":\"a\nb\"}}",
        "{\"channel\":\"note\",\"message\":{\"text\":\"a\",\"more\":\"a\u0001b\"}}",
        "{\"channel\":\"note\",\"message\":{" + string.Concat(Enumerable.Repeat("\"x\":{", 31)) + new string('}', 33),
        "{\"channel\":\"note\",\"message\":{" + string.Concat(Enumerable.Repeat("\"x\":{", 32)) + new string('}', 34),
        "",
        "}",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Comes_to_the_same_as_a_whole_parse(string text) => AssertSame(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Comes_to_the_same_as_a_whole_parse_for_whatever_pieces() =>
        Gen.OneOf(
            Piece.Array[0, 12].Select(string.Concat),
            Piece.Array[0, 8].Select(pieces => "{\"channel\":\"note\",\"message\":{\"text\":\"a\"" + string.Concat(pieces) + "}}"),
            Piece.Array[0, 4].Select(pieces => "{\"channel\":\"" + string.Concat(pieces) + "\",\"message\":{\"text\":\"a\"}}")).Sample(
            text => AssertSame(Encoding.UTF8.GetBytes(text)), iter: 20_000);

    [Fact]
    public void Comes_to_the_same_as_a_whole_parse_for_damaged_messages() =>
        Gen.Select(Gen.Int[0, Texts.Count - 1], Gen.Int[0, 200], Gen.Byte, Gen.Int[0, 2]).Sample((index, position, replacement, kind) =>
        {
            var bytes = Encoding.UTF8.GetBytes(Texts.ElementAt(index).Data);
            position = bytes.Length == 0 ? 0 : position % bytes.Length;
            byte[] damaged = kind switch
            {
                0 => [.. bytes[..position], replacement, .. bytes[Math.Min(position + 1, bytes.Length)..]],
                1 => [.. bytes[..position], .. bytes[Math.Min(position + 1, bytes.Length)..]],
                _ => [.. bytes[..position], replacement, .. bytes[position..]],
            };
            // What is not UTF-8 ends the connection before it comes here.
            if (Utf8.IsValid(damaged))
                AssertSame(damaged);
        }, iter: 20_000);

    [Fact]
    public void One_that_is_too_long_for_its_channel_or_has_no_handler_is_refused()
    {
        var rig = new Rig { Channel = new ChannelDescriptor<Note>("note", ChannelDirection.Both, 50, new DirectNote()) }.Open();
        var handled = rig.Record();
        rig.Receive("short");
        rig.Receive(new string('x', 50));
        rig.Handlers = null;
        rig.Receive("short");
        Assert.Equal(["short"], handled);
        Assert.Equal([ConnectionErrors.MessageTooLarge, ConnectionErrors.NoHandler], rig.Errors.Select(error => error.Code));
    }

    [Fact]
    public void A_handler_of_a_name_known_at_run_time_gets_it()
    {
        var channels = new RuntimeChannels();
        var rig = new Rig { Channels = channels }.Open();
        var handled = new List<string>();
        using var added = channels.Add("later", _ => null, NoteContext.Default.Note, (_, note) => { handled.Add(note.Text); return default; });
        rig.Connection.Receive(Opcode.Text, """{"channel":"later","message":{"text":"a"}}"""u8);
        Assert.Equal(["a"], handled);
        Assert.Empty(rig.Errors);
    }

    private static void AssertSame(byte[] text)
    {
        var (plain, whole) = Both.Value;
        plain.Forget();
        whole.Forget();
        plain.Rig.Connection.Messages.HandleAsync(text).AsTask().GetAwaiter().GetResult();
        whole.Rig.Connection.Messages.HandleCheckedAsync(text).AsTask().GetAwaiter().GetResult();
        Assert.Equal(whole.Handled, plain.Handled);
        Assert.Equal(whole.Told, plain.Told);
    }

    private sealed class Subject
    {
        public Subject()
        {
            Rig = new Rig(new ConnectionLimits { MessageErrorLimit = int.MaxValue, AnswersErrors = false }) { Channel = DirectNote.Channel };
            Rig.Metrics.Dispose();
            Handled = Rig.Record();
        }

        public Rig Rig { get; }

        public List<string> Handled { get; }

        public IEnumerable<(ConnectionErrors, string?, string)> Told => Rig.Errors.Select(error => (error.Code, error.Channel, error.Detail));

        public void Forget()
        {
            Handled.Clear();
            Rig.Errors.Clear();
            Rig.Log.Clear();
        }
    }
}
