using System.Text;

namespace TypedChannels.Conformance;

/// <summary>
/// Turns a case for an echo into one for a server of typed channels: each text message becomes the envelope of a message on channel
/// <c>echo</c>, in as many frames, and of the same length where it is long enough for that.
/// </summary>
internal static class ChannelCases
{
    private const string ShortEscapes = "\"\\\b\t\n\f\r";

    private static readonly byte[] Start = """{"channel":"echo","message":{"text":" """u8[..^1].ToArray();
    private static readonly byte[] End = "\"}}"u8.ToArray();

    public static readonly byte[] Ready = """{"channel":"_system:status:ready","message":{}}"""u8.ToArray();

    /// <summary>The case, or null where it needs binary messages back.</summary>
    public static Case? For(Case test)
    {
        if (test.NeedsBinary)
            return null;
        var longest = test.Expected.Concat(test.NonStrict ?? []).Select(one => one.Payload.Length).DefaultIfEmpty().Max();
        // All text of a case is cut by as much, so that a message and its echo stay alike.
        var cut = longest > Start.Length + End.Length + 1 && test.Expected.All(one => one.Kind == ReceivedKind.Text) && IsWhole(test)
            ? Start.Length + End.Length
            : 0;
        return test with
        {
            Steps = [.. test.Steps.Select(step => Wrap(step, cut))],
            Expected = [.. test.Expected.Select(one => Wrap(one, cut))],
            NonStrict = test.NonStrict is null ? null : [.. test.NonStrict.Select(one => Wrap(one, cut))],
        };
    }

    private static bool IsWhole(Case test) =>
        test.Steps.OfType<Send>().SelectMany(send => send.Frames).All(frame => frame is { Opcode: Frame.Text, IsFinal: true } or { Opcode: >= 8 });

    private static Step Wrap(Step step, int cut) => step switch
    {
        Send send => send with { Frames = Wrap(send.Frames, cut) },
        EchoMany many => many with { Message = number => [.. Start, .. Escape(many.Message(number)), .. End] },
        // Pieces are of a frame's bytes: the first begins with its header.
        _ => step,
    };

    private static Frame[] Wrap(Frame[] frames, int cut) =>
    [
        .. frames.Select(frame => frame switch
        {
            { Opcode: Frame.Text, IsFinal: true } => frame with { Payload = [.. Start, .. Escape(frame.Payload.AsSpan(cut)), .. End] },
            { Opcode: Frame.Text } => frame with { Payload = [.. Start, .. Escape(frame.Payload)] },
            { Opcode: Frame.Continuation, IsFinal: true } => frame with { Payload = [.. Escape(frame.Payload), .. End] },
            { Opcode: Frame.Continuation } => frame with { Payload = Escape(frame.Payload) },
            _ => frame,
        }),
    ];

    private static Received Wrap(Received one, int cut) =>
        one.Kind == ReceivedKind.Text ? Received.Text([.. Start, .. Escape(one.Payload.AsSpan(cut)), .. End]) : one;

    /// <summary>What JSON does not take as it is.</summary>
    private static byte[] Escape(ReadOnlySpan<byte> text)
    {
        var escaped = new List<byte>(text.Length);
        foreach (var value in text)
        {
            if (ShortEscapes.IndexOf((char)value) is >= 0 and var at)
                escaped.AddRange([(byte)'\\', (byte)"\"\\btnfr"[at]]);
            else if (value < 0x20)
                escaped.AddRange(Encoding.ASCII.GetBytes($"\\u{value:X4}"));
            else
                escaped.Add(value);
        }
        return [.. escaped];
    }
}
