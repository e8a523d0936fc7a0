using System.Buffers.Binary;
using System.Text;
using static TypedChannels.Conformance.Fault;

namespace TypedChannels.Conformance;

/// <summary>
/// One connection of a <see cref="FaultyServer"/>: simple and slow, so that it can be seen to be right where no fault is.
/// </summary>
internal sealed class FaultySession(Fault fault, Action<byte[]> write)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly List<byte> _input = [];
    private readonly List<byte> _message = [];
    private readonly List<byte> _output = [];
    private readonly List<byte[]> _heldPongs = [];
    private Decoder _decoder = Strict.GetDecoder();
    private int _opcode;
    private int _checked;

    /// <summary>Whether the closing handshake is over, for this side.</summary>
    public bool IsClosed { get; private set; }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        if (IsClosed && fault is not (EchoesAfterTheClose or SendsPongsAfterTheClose))
            return;
        _input.AddRange(bytes);
        try
        {
            while (TryReadFrame())
            {
            }
            CheckUnfinished();
        }
        catch (ViolationException violation)
        {
            if (fault == LosesWhatWasQueuedBeforeAViolation)
                _output.Clear();
            Send(Frame.Close, [(byte)(violation.Code >> 8), (byte)violation.Code]);
            IsClosed = true;
            _input.Clear();
        }
        FlushPongs();
        if (_output.Count > 0)
            write([.. _output]);
        _output.Clear();
    }

    private bool TryReadFrame()
    {
        if (_input.Count == 0)
            return false;
        var (isFinal, reserved, opcode) = ((_input[0] & 0x80) != 0, _input[0] & 0x70, _input[0] & 15);
        CheckFirstByte(isFinal, reserved, opcode);
        if (_input.Count < 2)
            return false;
        Require((_input[1] & 0x80) != 0);
        var length = _input[1] & 0x7f;
        Require(opcode < 8 || length <= 125 || fault == AcceptsLongControlFrames);
        var start = 2;
        if (length == 126)
        {
            if (_input.Count < 4)
                return false;
            (length, start) = (_input[2] << 8 | _input[3], 4);
        }
        else if (length == 127)
        {
            if (_input.Count < 10)
                return false;
            (length, start) = ((int)BinaryPrimitives.ReadInt64BigEndian([.. _input[2..10]]), 10);
        }
        if (_input.Count < start + 4 + length)
            return false;
        var key = _input.GetRange(start, 4);
        var payload = _input.GetRange(start + 4, length).Select((value, i) => (byte)(value ^ key[i & 3])).ToArray();
        _input.RemoveRange(0, start + 4 + length);
        if (opcode is > 2 and < 8 or > 10)
            return true;
        if (opcode >= 8)
            OnControl(opcode, payload);
        else
            OnData(opcode, payload, isFinal);
        return !IsClosed || fault is EchoesAfterTheClose or SendsPongsAfterTheClose;
    }

    private void CheckFirstByte(bool isFinal, int reserved, int opcode)
    {
        Require(reserved == 0 || fault == AcceptsReservedBits);
        Require(opcode is not (> 2 and < 8 or > 10) || fault == AcceptsReservedOpcodes);
        Require(opcode < 8 || isFinal || fault == AcceptsFragmentedControlFrames);
        Require(opcode != 0 || _opcode != 0 || fault is IgnoresStrayContinuations or AcceptsFragmentedControlFrames);
        Require(opcode is 0 or >= 8 || _opcode == 0 || fault == AcceptsAMessageInsideAMessage);
    }

    private void OnData(int opcode, byte[] payload, bool isFinal)
    {
        if (opcode == 0 && _opcode == 0)
            return;
        if (opcode != 0)
            (_opcode, _checked, _decoder) = (opcode, 0, Strict.GetDecoder());
        _message.AddRange(payload);
        if (!isFinal && opcode != 0 && fault == LosesTheFirstFragment)
            _message.Clear();
        CheckText(_message.GetRange(_checked, _message.Count - _checked).ToArray(), isFinal);
        _checked = _message.Count;
        if (!isFinal)
            return;
        var echo = _message.ToArray();
        if (echo.Length > 0 && fault == EchoesAWrongByte)
            echo[^1] ^= 1;
        if (echo.Length > 65_535 && fault == CutsLongEchoes)
            echo = echo[..65_535];
        if (!IsClosed || fault == EchoesAfterTheClose)
            Send(_opcode == Frame.Text && fault == EchoesTextAsBinary ? Frame.Binary : _opcode, echo);
        _message.Clear();
        _opcode = 0;
        foreach (var pong in fault == HoldsPongsBackUntilAMessageEnds ? _heldPongs : [])
            Send(Frame.Pong, pong);
        if (fault == HoldsPongsBackUntilAMessageEnds)
            _heldPongs.Clear();
    }

    /// <summary>The front of a text frame that has not come whole, unmasked.</summary>
    private void CheckUnfinished()
    {
        if (_input.Count < 6 || (_input[0] & 15) != Frame.Text || (_input[1] & 0x7f) > 125 || _opcode != 0)
            return;
        var front = _input.Skip(6).Select((value, i) => (byte)(value ^ _input[2 + (i & 3)])).ToArray();
        (_opcode, _decoder) = (Frame.Text, Strict.GetDecoder());
        try
        {
            CheckText(front, isEnd: false);
        }
        finally
        {
            _opcode = 0;
        }
    }

    private void CheckText(byte[] bytes, bool isEnd)
    {
        if (_opcode != Frame.Text || fault == NeverChecksUtf8)
            return;
        if (fault == RefusesNonCharacters && Convert.ToHexString(bytes).Contains("EFBFBE", StringComparison.Ordinal))
            throw new ViolationException(1007);
        if (fault == AcceptsSurrogates && Convert.ToHexString(bytes).Contains("EDA080", StringComparison.Ordinal))
            return;
        if (fault == ChecksUtf8AtTheEnd)
        {
            if (!isEnd)
                return;
            bytes = [.. _message];
        }
        try
        {
            _ = _decoder.GetCharCount(bytes, flush: false);
            _decoder.GetChars(bytes, new char[bytes.Length + 2], flush: isEnd);
        }
        catch (DecoderFallbackException)
        {
            throw new ViolationException(fault == SaysTheWrongCodeForUtf8 ? 1002 : 1007);
        }
    }

    private void OnControl(int opcode, byte[] payload)
    {
        if (opcode == Frame.Ping && (!IsClosed || fault == SendsPongsAfterTheClose))
            OnPing(payload);
        if (opcode != Frame.Close || IsClosed)
            return;
        Require(payload.Length != 1 || fault == AcceptsACloseOfOneByte);
        var code = payload.Length < 2 ? 1000 : payload[0] << 8 | payload[1];
        Require(IsValid(code) || fault == AcceptsInvalidCloseCodes);
        Require(code < 3000 || fault != RefusesRegisteredCloseCodes);
        if (payload.Length > 2 && fault != AcceptsInvalidCloseReasons)
            CheckReason(payload[2..]);
        IsClosed = true;
        if (fault != DoesNotAnswerTheClose)
            Send(Frame.Close, payload.Length < 2 ? [] : payload[..2]);
    }

    private void OnPing(byte[] payload)
    {
        if (fault is AnswersOnlyTheLastPing or HoldsPongsBackUntilAMessageEnds)
            _heldPongs.Add(payload);
        for (var i = 0; i < (fault is SendsNoPong or AnswersOnlyTheLastPing or HoldsPongsBackUntilAMessageEnds ? 0 : fault == SendsEachPongTwice ? 2 : 1); i++)
            Send(Frame.Pong, fault == SendsPongsWithoutPayload ? [] : payload);
    }

    private void FlushPongs()
    {
        if (_heldPongs.Count == 0 || (fault == HoldsPongsBackUntilAMessageEnds && _opcode != 0))
            return;
        foreach (var pong in fault == AnswersOnlyTheLastPing ? _heldPongs[^1..] : _heldPongs)
            Send(Frame.Pong, pong);
        _heldPongs.Clear();
    }

    private void Send(int opcode, byte[] payload)
    {
        var frame = new Frame(opcode, payload)
        {
            Key = fault == MasksItsFrames ? [1, 2, 3, 4] : null,
            LengthBytes = fault == EncodesLengthsInMoreBytes && payload.Length < 126 ? 2 : null,
            Reserved = fault == SetsAReservedBit ? 1 : 0,
        };
        _output.AddRange(frame.Encode());
    }

    private static void CheckReason(byte[] reason)
    {
        try
        {
            _ = Strict.GetCharCount(reason);
        }
        catch (DecoderFallbackException)
        {
            throw new ViolationException(1007);
        }
    }

    private static bool IsValid(int code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);

    private static void Require(bool holds)
    {
        if (!holds)
            throw new ViolationException(1002);
    }

    private sealed class ViolationException(int code) : Exception
    {
        public int Code => code;
    }
}
