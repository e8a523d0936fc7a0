using System.Globalization;

namespace TypedChannels;

/// <summary>What a client offers of permessage-deflate, and what the server makes of it (RFC 7692 §5.1, §7.1).</summary>
internal static class DeflateOffer
{
    private const string Name = "permessage-deflate";

    /// <summary>Whether the client's list of extensions is what RFC 6455 §9.1 allows.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> extensions)
    {
        var reader = new ExtensionReader(extensions);
        while (reader.ReadOffer(out _))
        {
        }
        return !reader.IsMalformed;
    }

    /// <summary>Takes the first offer that the server can meet.</summary>
    /// <param name="extensions">The client's list.</param>
    /// <param name="answer">What the server answers; null: there is no such offer.</param>
    /// <returns>The size of the window for what the server sends, as an exponent of 2; null: there is no such offer.</returns>
    public static int? Choose(ReadOnlySpan<char> extensions, out string? answer)
    {
        answer = null;
        var reader = new ExtensionReader(extensions);
        while (reader.ReadOffer(out var name))
        {
            if (!name.SequenceEqual(Name) || !TryMeet(ref reader, out var askedBits))
                continue;
            answer = Answer(askedBits);
            return askedBits ?? MessageDeflater.MaxWindowBits;
        }
        return null;
    }

    /// <summary>
    /// What the server answers. It compresses each message by itself, and has its client do so (RFC 7692 §7.1.1): nothing is held between
    /// messages, and what goes to many is compressed once.
    /// </summary>
    private static string Answer(int? askedBits)
    {
        const string Always = Name + "; server_no_context_takeover; client_no_context_takeover";
        // RFC 7692 §7.1.2.1: a window that was asked for is told, were it the largest; some clients fail the connection otherwise.
        return askedBits is { } bits ? string.Create(CultureInfo.InvariantCulture, $"{Always}; server_max_window_bits={bits}") : Always;
    }

    // RFC 7692 §7.1: what is unknown, doubled, or out of range declines the offer, and not the handshake.
    private static bool TryMeet(ref ExtensionReader reader, out int? askedBits)
    {
        askedBits = null;
        var seen = Parameters.None;
        var canMeet = true;
        while (reader.ReadParameter(out var name, out var value))
        {
            var parameter = Find(name);
            canMeet &= parameter != Parameters.None && !seen.HasFlag(parameter) && IsValid(parameter, value, ref askedBits);
            seen |= parameter;
        }
        return canMeet && !reader.IsMalformed && askedBits is null or >= MessageDeflater.MinWindowBits;
    }

    private static Parameters Find(ReadOnlySpan<char> name) => name switch
    {
        "server_no_context_takeover" => Parameters.ServerNoContextTakeover,
        "client_no_context_takeover" => Parameters.ClientNoContextTakeover,
        "server_max_window_bits" => Parameters.ServerMaxWindowBits,
        "client_max_window_bits" => Parameters.ClientMaxWindowBits,
        _ => Parameters.None,
    };

    private static bool IsValid(Parameters parameter, ReadOnlySpan<char> value, ref int? askedBits)
    {
        switch (parameter)
        {
            case Parameters.ServerMaxWindowBits:
                var isValid = TryReadBits(value, out var bits);
                askedBits = bits;
                return isValid;
            case Parameters.ClientMaxWindowBits:
                // Without a value: the client takes a hint, and is given none. Whatever its window, it fits into the largest.
                return value.IsEmpty || TryReadBits(value, out _);
            default:
                return value.IsEmpty;
        }
    }

    // RFC 7692 §7.1.2: 8 to 15, in decimal and without leading zeros.
    private static bool TryReadBits(ReadOnlySpan<char> value, out int bits) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out bits)
        && bits is >= 8 and <= MessageDeflater.MaxWindowBits && value[0] != '0';

    [Flags]
    private enum Parameters
    {
        None = 0,
        ServerNoContextTakeover = 1,
        ClientNoContextTakeover = 2,
        ServerMaxWindowBits = 4,
        ClientMaxWindowBits = 8,
    }
}
