using System.Diagnostics;

namespace TypedChannels.Conformance;

/// <summary>Runs one case once, and judges it.</summary>
internal sealed class CaseRun(Case test, Link link, Chopping chopping, int seed)
{
    /// <summary>How long a server may take from the last close frame to the end of TCP, and from a violation to its close.</summary>
    public static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(1);

    // A loaded machine is late without being wrong: later than this is a failure, later than EndWithin is told.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(4);

    private readonly List<Received> _received = [];
    private readonly Random _random = new(seed);
    private Received? _close;
    private bool _isOver;
    private int _failedAtPiece;
    private double _endMilliseconds;

    public async Task<(Judgement Judgement, string Behaviour, string Close, double EndMilliseconds)> RunAsync()
    {
        foreach (var step in test.Steps)
            await DoAsync(step);
        var closeFault = await EndAsync();
        if (test.IsInformational)
            return (Judgement.Informational, $"{string.Join(", ", _received)}", $"{_close}", _endMilliseconds);
        if (closeFault is not null)
            return (Judgement.Failed, Told(), closeFault, _endMilliseconds);
        var isLate = test.Ending is ServerFails { AfterPiece: { } piece } && _failedAtPiece > piece;
        if (_received.SequenceEqual(test.Expected))
            return (isLate ? Judgement.NonStrict : Judgement.Ok, isLate ? "failed only later" : "", "", _endMilliseconds);
        if (test.NonStrict is not null && _received.SequenceEqual(test.NonStrict))
            return (Judgement.NonStrict, Told(), "", _endMilliseconds);
        return (Judgement.Failed, Told(), "", _endMilliseconds);
    }

    private string Told() => _received.SequenceEqual(test.Expected)
        ? ""
        : $"expected [{string.Join(", ", test.Expected.Take(4))}] of {test.Expected.Length}, "
            + $"received [{string.Join(", ", _received.Take(4))}] of {_received.Count}";

    private async Task DoAsync(Step step)
    {
        switch (step)
        {
            case Send send:
                await SendAsync(send);
                break;
            case SendPieces pieces:
                await SendAsync(pieces);
                break;
            case EchoMany many:
                await EchoAsync(many);
                break;
            case Pause pause:
                await WaitAsync(() => false, pause.Time);
                break;
            case Await wait:
                await WaitAsync(() => _received.Count >= wait.Count, test.Patience);
                break;
        }
    }

    private async Task SendAsync(Send send)
    {
        var isPrescribed = chopping == Chopping.Whole || test.IsWholeOnly;
        IEnumerable<byte[]> units = isPrescribed && send.Cut == Cut.EachFrame
            ? send.Frames.Select(frame => frame.Encode())
            : [[.. send.Frames.SelectMany(frame => frame.Encode())]];
        if (isPrescribed && send.PieceBytes is { } size)
            units = units.SelectMany(unit => unit.Chunk(size));
        var how = test.IsWholeOnly ? Chopping.Whole : isPrescribed && send.Cut == Cut.EachByte ? Chopping.OneByte : chopping;
        foreach (var piece in units.SelectMany(unit => Chopper.Chop(unit, how, _random)))
        {
            // A server that has failed the connection need not take the rest.
            if (!await link.WriteAsync(piece))
                return;
        }
    }

    private async Task SendAsync(SendPieces send)
    {
        for (var i = 0; i < send.Pieces.Length; i++)
        {
            await link.WriteAsync(send.Pieces[i]);
            await WaitAsync(() => _close is not null, send.Pause);
            if ((_close is not null || _isOver) && _failedAtPiece == 0)
                _failedAtPiece = i + 1;
        }
    }

    private async Task EchoAsync(EchoMany many)
    {
        // Enough at a time that neither side waits for the other.
        const int Ahead = 8;
        var kind = many.Opcode == Frame.Text ? ReceivedKind.Text : ReceivedKind.Binary;
        for (var i = 0; i < many.Count + Ahead && !_isOver && _close is null; i++)
        {
            if (i < many.Count)
                await link.WriteAsync(link.Encode(many.Opcode, many.Message(i), many.FragmentBytes));
            if (i < Ahead)
                continue;
            await WaitAsync(() => _received.Count > 0, test.Patience);
            // What is not as it must be stays, and is what the verdict tells.
            if (_received is not [var echo] || !echo.Equals(new Received(kind, many.Message(i - Ahead))))
                return;
            _received.Clear();
        }
    }

    /// <summary>Takes what comes until the condition holds, the server has ended TCP, or the time is over.</summary>
    private async Task WaitAsync(Func<bool> isThere, TimeSpan time)
    {
        using var timeout = new CancellationTokenSource(time);
        try
        {
            while (!_isOver && !isThere())
            {
                if (!await link.Received.WaitToReadAsync(timeout.Token))
                {
                    _isOver = true;
                    return;
                }
                while (!isThere() && link.Received.TryRead(out var one))
                {
                    if (one.Kind == ReceivedKind.Close)
                        _close = one;
                    else
                        _received.Add(one);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over: the verdict says what is missing.
        }
    }

    private async Task<string?> EndAsync()
    {
        switch (test.Ending)
        {
            case RunnerCloses:
                await WaitAsync(() => _received.Count >= test.Expected.Length || _close is not null, test.Patience);
                if (_close is not null)
                    return $"the server closed first: {_close}";
                await link.WriteAsync(Frame.OfClose(1000).Encode());
                return await CloseAsync([1000], mustClose: true);
            case ServerAnswersClose answers:
                return await CloseAsync(answers.Codes, mustClose: true);
            case ServerFails fails:
                var clock = Stopwatch.StartNew();
                await WaitAsync(() => _close is not null, test.Patience);
                if (_close is { CloseCode: { } code })
                    await link.WriteAsync(Frame.OfClose(code).Encode());
                var fault = await CloseAsync(fails.Codes, fails.MustTell, fails.MayOmitCode);
                return fault ?? (clock.Elapsed > EndPatience ? $"the server took {clock.Elapsed.TotalSeconds:0.0} s to fail the connection" : null);
            default:
                throw new NotSupportedException();
        }
    }

    /// <summary>Waits for the server's close frame and for its end of TCP, and says what is wrong with them.</summary>
    private async Task<string?> CloseAsync(int[] codes, bool mustClose, bool mayOmitCode = true)
    {
        await WaitAsync(() => _close is not null, test.Patience);
        var clock = Stopwatch.StartNew();
        await WaitAsync(() => false, EndPatience);
        _endMilliseconds = clock.Elapsed.TotalMilliseconds;
        if (_close is null && mustClose)
            return link.WasReset ? "no close frame: TCP was reset" : _isOver ? "no close frame: TCP was ended" : "no close frame";
        if (_close?.CloseCode is { } code && !codes.Contains(code))
            return $"the close code is {code}, not {string.Join(" or ", codes)}";
        if (_close is { CloseCode: null } && !mayOmitCode)
            return "the close frame has no code";
        return _isOver ? null : $"TCP was not ended within {EndPatience.TotalSeconds} s of the close frames";
    }
}
