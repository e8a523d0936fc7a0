namespace TypedChannels.Conformance;

/// <summary>One case of the table: what is sent, what must come back, and how the connection must end.</summary>
/// <param name="Id">As in the table.</param>
/// <param name="Steps">What is sent, with what is waited for between.</param>
/// <param name="Expected">All that the server must send before the close.</param>
/// <param name="Ending">How the connection must end.</param>
internal sealed record Case(string Id, Step[] Steps, Received[] Expected, Ending Ending)
{
    /// <summary>Accepted too, though it is not what a strict server does; null: nothing else is.</summary>
    public Received[]? NonStrict { get; init; }

    /// <summary>What is offered of extensions; null: nothing.</summary>
    public Offer? Offer { get; init; }

    /// <summary>What comes is told, and not judged.</summary>
    public bool IsInformational { get; init; }

    /// <summary>Whether the bytes go out as they are, uncut.</summary>
    public bool IsWholeOnly { get; init; }

    /// <summary>How long all that is expected may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The first number of the identifier.</summary>
    public int Group => int.Parse(Id.AsSpan(0, Id.IndexOf('.', StringComparison.Ordinal)), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether a message of it must come back in kind.</summary>
    public bool NeedsBinary =>
        Expected.Concat(NonStrict ?? []).Any(one => one.Kind == ReceivedKind.Binary) || Steps.Any(step => step is EchoMany { Opcode: Frame.Binary });
}

/// <summary>An offer of extensions (RFC 6455 §9.1).</summary>
/// <param name="Extensions">The header's value.</param>
/// <param name="Demands">What the server's answer must contain, where it takes the offer.</param>
internal sealed record Offer(string Extensions, params string[] Demands);

/// <summary>What the runner does.</summary>
internal abstract record Step;

/// <summary>Sends frames in one go, cut as the run says, or as the case does.</summary>
internal sealed record Send(Frame[] Frames, Cut Cut = Cut.AsTheRunSays) : Step
{
    /// <summary>Bytes a write where the run leaves them whole; null: all of them.</summary>
    public int? PieceBytes { get; init; }
}

/// <summary>Sends bytes in pieces of the case's own, with a wait between; the connection must be open before each.</summary>
internal sealed record SendPieces(byte[][] Pieces, TimeSpan Pause) : Step;

/// <summary>Sends messages, compressed where that was agreed, and compares each echo as it comes.</summary>
/// <param name="Opcode">Text or binary.</param>
/// <param name="Count">How many.</param>
/// <param name="Message">The message of a number, from 0.</param>
/// <param name="FragmentBytes">The size of its frames; null: one.</param>
internal sealed record EchoMany(int Opcode, int Count, Func<int, byte[]> Message, int? FragmentBytes) : Step;

/// <summary>Waits.</summary>
internal sealed record Pause(TimeSpan Time) : Step;

/// <summary>Waits until as many of the expected have come.</summary>
internal sealed record Await(int Count) : Step;

/// <summary>How a case's own text has its bytes cut, where the run leaves them whole.</summary>
internal enum Cut
{
    AsTheRunSays,
    EachFrame,
    EachByte,
}

/// <summary>How a connection must end.</summary>
internal abstract record Ending;

/// <summary>The runner closes with 1000, the server answers with 1000 or no code, and ends TCP.</summary>
internal sealed record RunnerCloses : Ending;

/// <summary>The server fails the connection: nothing more is received but a close with one of these codes, or without one.</summary>
/// <param name="Codes">The codes; a close without one, or the end of TCP without a close, does too unless <paramref name="MustTell"/>.</param>
/// <param name="MustTell">Whether the server must say the code.</param>
/// <param name="AfterPiece">The piece, counted from 1, with which the server must have failed; later is not strict.</param>
internal sealed record ServerFails(int[] Codes, bool MustTell = false, int? AfterPiece = null) : Ending
{
    /// <summary>Whether a close frame may come without a code.</summary>
    public bool MayOmitCode { get; init; } = true;
}

/// <summary>The runner has sent a close: the server answers it with one of these codes, or without one, and ends TCP.</summary>
/// <param name="Codes">The codes; empty: only a close without one.</param>
internal sealed record ServerAnswersClose(params int[] Codes) : Ending;
