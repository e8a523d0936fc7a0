using System.Text;

namespace TypedChannels.Fuzz.References;

/// <summary>
/// RFC 6455 §5 over bytes that are all there, written for this alone: slow, and with nothing of the product's reader. Frames that are cut
/// at the end are judged by what is there of them.
/// </summary>
internal sealed class ReferenceParser(FrameReaderLimits limits)
{
    private readonly List<string> _events = [];
    private readonly List<byte> _message = [];
    private Utf8Front _text = new();
    private int _fragments;
    private bool _isText;

    /// <summary>Kind and hexadecimal payload of each event; of a close its code and reason; of a violation its code.</summary>
    public static List<string> Events(ReadOnlySpan<byte> bytes, FrameReaderLimits limits)
    {
        var parser = new ReferenceParser(limits);
        while (!bytes.IsEmpty)
        {
            var length = parser.Frame(bytes, out var broken);
            if (broken != 0)
                parser._events.Add($"Violation {broken}");
            if (length is not { } whole)
                break;
            bytes = bytes[whole..];
        }
        return parser._events;
    }

    /// <summary>The frame's length; null where it is cut, broke a rule, or was the last.</summary>
    private int? Frame(ReadOnlySpan<byte> bytes, out int broken)
    {
        var opcode = bytes[0] & 0x0F;
        var isFinal = bytes[0] >= 0x80;
        broken = FirstByte(bytes[0], opcode, isFinal);
        if (broken != 0 || bytes.Length == 1)
            return null;
        var shortLength = bytes[1] & 0x7F;
        if (bytes[1] < 0x80 || (opcode >= 8 && shortLength > 125) || (opcode == 8 && shortLength == 1))
            return Broken(1002, out broken);
        var lengthBytes = shortLength switch { 126 => 2, 127 => 8, _ => 0 };
        var known = bytes[2..Math.Min(bytes.Length, 2 + lengthBytes)];
        UInt128 least = lengthBytes == 0 ? (UInt128)shortLength : 0, most = least;
        for (var i = 0; i < lengthBytes; i++)
            (least, most) = (least * 256 + (i < known.Length ? known[i] : 0u), most * 256 + (i < known.Length ? known[i] : 255u));
        if ((lengthBytes == 2 && most < 126) || (lengthBytes == 8 && most < 65_536) || least >= (UInt128)1 << 63)
            return Broken(1002, out broken);
        if (opcode < 8 && least > (UInt128)(limits.MaxMessageBytes - _message.Count))
            return Broken(1009, out broken);
        var headerBytes = 2 + lengthBytes + 4;
        if (bytes.Length < headerBytes)
            return null;
        var key = bytes[(headerBytes - 4)..headerBytes];
        var payload = bytes[headerBytes..];
        var isWhole = (ulong)payload.Length >= (ulong)least;
        payload = isWhole ? payload[..(int)least] : payload;
        var plain = new byte[payload.Length];
        for (var i = 0; i < plain.Length; i++)
            plain[i] = (byte)(payload[i] ^ key[i % 4]);
        broken = opcode >= 8 ? Control(opcode, plain, isWhole) : Data(opcode, plain, isFinal, isWhole);
        return broken != 0 || !isWhole || opcode == 8 ? null : headerBytes + plain.Length;
    }

    private int FirstByte(byte first, int opcode, bool isFinal)
    {
        if ((first & 0x70) != 0 || opcode is (> 2 and < 8) or > 10 || (opcode >= 8 && !isFinal))
            return 1002;
        if (opcode >= 8)
            return 0;
        if (opcode == 0 ? _fragments == 0 : _fragments > 0)
            return 1002;
        if (opcode == 0 && _fragments >= limits.MaxFragments)
            return 1008;
        return opcode == 2 && !limits.AcceptBinary ? 1003 : 0;
    }

    private int Control(int opcode, byte[] payload, bool isWhole)
    {
        if (opcode != 8)
        {
            if (isWhole)
                _events.Add($"{(opcode == 9 ? "Ping" : "Pong")} {Convert.ToHexString(payload)}");
            return 0;
        }
        if (payload.Length >= 2)
        {
            var code = payload[0] << 8 | payload[1];
            if (code is < 1000 or (> 1003 and < 1007) or (> 1014 and < 3000) or > 4999)
                return 1002;
            var reason = new Utf8Front();
            reason.Append(payload.AsSpan(2));
            if (reason.Verdict == Utf8Verdict.Invalid || (isWhole && reason.Verdict == Utf8Verdict.Cut))
                return 1007;
            if (isWhole)
                _events.Add($"Close {code} {Encoding.UTF8.GetString(payload, 2, payload.Length - 2)}");
        }
        else if (isWhole)
        {
            _events.Add("Close 1005 ");
        }
        return 0;
    }

    private int Data(int opcode, byte[] payload, bool isFinal, bool isWhole)
    {
        if (opcode != 0)
            (_isText, _text) = (opcode == 1, new Utf8Front());
        _fragments++;
        _message.AddRange(payload);
        if (_isText)
            _text.Append(payload);
        var isEnd = isFinal && isWhole;
        if (_text.Verdict == Utf8Verdict.Invalid || (isEnd && _text.Verdict == Utf8Verdict.Cut))
            return 1007;
        if (isEnd)
        {
            _events.Add($"{(_isText ? "Text" : "Binary")} {Convert.ToHexString([.. _message])}");
            _message.Clear();
            _fragments = 0;
        }
        return 0;
    }

    private static int? Broken(int code, out int broken)
    {
        broken = code;
        return null;
    }
}
