using CsCheck;

namespace TypedChannels.Tests.Handshake;

[Trait("RFC", "7692 §7.1")]
public class DeflateOfferTests
{
    private static readonly string[] Parts =
    [
        "permessage-deflate", "server_max_window_bits", "client_max_window_bits", "server_no_context_takeover",
        ";", ",", "=", "\"", " ", "9", "15", "x", "\\", "\t",
    ];

    [Theory]
    [InlineData("permessage-deflate", 15)]
    [InlineData("permessage-deflate; client_max_window_bits", 15)]
    [InlineData("permessage-deflate; client_max_window_bits=8", 15)]
    [InlineData("permessage-deflate; client_max_window_bits=15; server_no_context_takeover; client_no_context_takeover", 15)]
    [InlineData("permessage-deflate; server_max_window_bits=9", 9)]
    [InlineData("permessage-deflate;server_max_window_bits=\"10\"", 10)]
    [InlineData("permessage-deflate ; server_max_window_bits = 15", 15)]
    [InlineData("x-other; a=b, permessage-deflate", 15)]
    [InlineData(",, permessage-deflate ,", 15)]
    public void Takes_an_offer_that_it_can_meet(string extensions, int windowBits)
    {
        Assert.True(DeflateOffer.IsWellFormed(extensions));
        Assert.Equal(windowBits, DeflateOffer.Choose(extensions, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x-webkit-deflate-frame")]
    [InlineData("permessage-bzip2")]
    [InlineData("permessage-deflate; unknown")]
    [InlineData("permessage-deflate; __proto__=1")]
    [InlineData("permessage-deflate; server_no_context_takeover=1")]
    [InlineData("permessage-deflate; client_no_context_takeover=true")]
    [InlineData("permessage-deflate; server_no_context_takeover; server_no_context_takeover")]
    [InlineData("permessage-deflate; client_max_window_bits; client_max_window_bits=10")]
    [InlineData("permessage-deflate; server_max_window_bits")]
    [InlineData("permessage-deflate; server_max_window_bits=7")]
    [InlineData("permessage-deflate; server_max_window_bits=8")]
    [InlineData("permessage-deflate; server_max_window_bits=16")]
    [InlineData("permessage-deflate; server_max_window_bits=-1")]
    [InlineData("permessage-deflate; server_max_window_bits=015")]
    [InlineData("permessage-deflate; server_max_window_bits=1e1")]
    [InlineData("permessage-deflate; server_max_window_bits=99999999999999999999")]
    [InlineData("permessage-deflate; client_max_window_bits=7")]
    [InlineData("permessage-deflate; client_max_window_bits=16")]
    [InlineData("permessage-deflate; client_max_window_bits=x")]
    public void Declines_an_offer_that_it_cannot_meet_and_not_the_handshake(string extensions)
    {
        Assert.True(DeflateOffer.IsWellFormed(extensions));
        Assert.Null(DeflateOffer.Choose(extensions, out var answer));
        Assert.Null(answer);
    }

    [Fact]
    public void Takes_the_first_offer_that_it_can_meet() => Assert.Equal(12, DeflateOffer.Choose(
        "permessage-deflate; unknown, permessage-deflate; server_max_window_bits=8, permessage-deflate; server_max_window_bits=12, "
        + "permessage-deflate", out _));

    [Theory]
    [InlineData("permessage-deflate; server_max_window_bits=\"9")]
    [InlineData("permessage-deflate; server_max_window_bits=\"\"")]
    [InlineData("permessage-deflate; server_max_window_bits=\"1 0\"")]
    [InlineData("permessage-deflate; server_max_window_bits=")]
    [InlineData("permessage-deflate;")]
    [InlineData("permessage-deflate; ; client_max_window_bits")]
    [InlineData("permessage-deflate client_max_window_bits")]
    [InlineData("permessage-deflate; =1")]
    [InlineData(";")]
    [InlineData("=")]
    [InlineData("(x)")]
    [InlineData("x, y; z=\u00e4")]
    [Trait("RFC", "6455 §9.1")]
    public void Tells_a_list_that_is_none(string extensions)
    {
        Assert.False(DeflateOffer.IsWellFormed(extensions));
        Assert.Null(DeflateOffer.Choose(extensions.Replace("permessage-deflate", "x", StringComparison.Ordinal), out _));
    }

    [Theory]
    [Trait("RFC", "7692 §7.1.2.1")]
    [InlineData("", "")]
    [InlineData("; client_max_window_bits=9", "")]
    [InlineData("; server_max_window_bits=9", "; server_max_window_bits=9")]
    [InlineData("; server_max_window_bits=15", "; server_max_window_bits=15")]
    public void Answers_with_what_it_does_and_with_the_window_that_was_asked_for(string asked, string told)
    {
        DeflateOffer.Choose("permessage-deflate" + asked, out var answer);
        Assert.Equal("permessage-deflate; server_no_context_takeover; client_no_context_takeover" + told, answer);
    }

    [Fact]
    public void Ends_whatever_it_is_given() => Gen.Int[0, Parts.Length - 1].Select(i => Parts[i]).Array[0, 30].Sample(parts =>
        {
            var extensions = string.Concat(parts);
            var isWellFormed = DeflateOffer.IsWellFormed(extensions);
            Assert.True(DeflateOffer.Choose(extensions, out _) is null or (>= 9 and <= 15));
            // What follows a list does not change what stands before it.
            if (!extensions.Contains('"', StringComparison.Ordinal))
                Assert.Equal(isWellFormed, DeflateOffer.IsWellFormed(extensions + ", y"));
        });
}
