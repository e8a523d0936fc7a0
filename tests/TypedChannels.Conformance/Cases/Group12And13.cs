using static TypedChannels.Conformance.CaseTable;

namespace TypedChannels.Conformance;

/// <summary>permessage-deflate (RFC 7692): 12 with different data, 13 with different offers.</summary>
internal static class Group12And13
{
    private const int None = 0;

    private static readonly (int Bytes, int FragmentBytes)[] Sizes =
    [
        (16, None), (64, None), (256, None), (1024, None), (4096, None), (8192, None), (16_384, None), (32_768, None), (65_536, None),
        (131_072, None), (8192, 256), (16_384, 256), (32_768, 256), (65_536, 256), (131_072, 256), (131_072, 1024), (131_072, 4096),
        (131_072, 32_768),
    ];

    private static readonly Offer Default = new("permessage-deflate; client_max_window_bits", "permessage-deflate");

    private static readonly Offer[] Offers =
    [
        Default,
        new("permessage-deflate; server_no_context_takeover; client_max_window_bits", "server_no_context_takeover"),
        new("permessage-deflate; server_max_window_bits=9; client_max_window_bits", "server_max_window_bits=9"),
        new("permessage-deflate; server_max_window_bits=15; client_max_window_bits", "permessage-deflate"),
        new(
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=9; client_max_window_bits",
            "server_no_context_takeover", "server_max_window_bits=9"),
        new(
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=15; client_max_window_bits",
            "server_no_context_takeover"),
        new(
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=9; client_max_window_bits, "
                + "permessage-deflate; server_no_context_takeover; client_max_window_bits, permessage-deflate; client_max_window_bits",
            "permessage-deflate"),
    ];

    public static IEnumerable<Case> Cases(bool isShort) =>
    [
        .. Of("12.1", Frame.Text, Corpus.Json, Default, isShort),
        .. Of("12.2", Frame.Binary, Corpus.Bitmap, Default, isShort),
        .. Of("12.3", Frame.Binary, Corpus.Prose, Default, isShort),
        .. Of("12.4", Frame.Text, Corpus.Html, Default, isShort),
        .. Of("12.5", Frame.Binary, Corpus.Noise, Default, isShort),
        .. Offers.SelectMany((offer, i) => Of($"13.{i + 1}", Frame.Text, Corpus.Json, offer, isShort)),
    ];

    private static IEnumerable<Case> Of(string id, int opcode, byte[] corpus, Offer offer, bool isShort) =>
        Sizes.Select((size, i) => new Case($"{id}.{i + 1}", [Messages(opcode, corpus, size, isShort ? 10 : 1000)], Nothing, Clean)
        {
            Offer = offer,
            IsWholeOnly = true,
            Patience = TimeSpan.FromSeconds(60),
        });

    // Each message goes on where the one before it stopped, and from the front again at the end.
    private static EchoMany Messages(int opcode, byte[] corpus, (int Bytes, int FragmentBytes) size, int count) => new(
        opcode,
        count,
        number =>
        {
            var start = (int)((long)number * size.Bytes % corpus.Length);
            var first = Math.Min(size.Bytes, corpus.Length - start);
            return [.. corpus.AsSpan(start, first), .. corpus.AsSpan(0, size.Bytes - first)];
        },
        size.FragmentBytes == None ? null : size.FragmentBytes);
}
