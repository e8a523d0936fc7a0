using System.Text;

namespace TypedChannels.Tests.Wire;

/// <summary>What a reader handed out, as a value; a payload in hex, so that a difference can be read.</summary>
internal sealed record Seen(WireEventKind Kind, string Payload = "", int Code = 0, string Reason = "")
{
    public bool IsDeflated { get; init; }

    /// <summary>The message, compressed yet.</summary>
    public static Seen Deflated(Seen message) => message with { IsDeflated = true };

    public static Seen Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public static Seen Text(byte[] payload) => new(WireEventKind.Text, Convert.ToHexString(payload));

    public static Seen Binary(byte[] payload) => new(WireEventKind.Binary, Convert.ToHexString(payload));

    public static Seen Ping(string text) => new(WireEventKind.Ping, Convert.ToHexString(Encoding.UTF8.GetBytes(text)));

    public static Seen Pong(string text) => new(WireEventKind.Pong, Convert.ToHexString(Encoding.UTF8.GetBytes(text)));

    public static Seen Close(int code, string reason = "") => new(WireEventKind.Close, "", code, reason);

    public static Seen Failure(int code, Violation violation) => new(WireEventKind.Violation, "", code, violation.Reason);

    public static Seen Of(WireEvent found) => new(
        found.Kind,
        Convert.ToHexString(found.Payload),
        (int)(found.Broken?.Code ?? found.Code),
        found.Broken?.Reason ?? found.Reason)
    {
        IsDeflated = found.IsDeflated,
    };
}
