using System.Reflection;
using System.Text;

namespace TypedChannels.Tests.Wire;

[Trait("RFC", "6455 §7.1.7")]
public class ViolationTests
{
    private static readonly FrameReaderLimits Limits = new(MaxMessageBytes: 100, MaxFragments: 2);

    /// <summary>Bytes that reach each violation, and the code on the wire that goes with it.</summary>
    private static readonly Dictionary<string, (int Code, byte[] Bytes)> Reached = new()
    {
        ["ReservedBits"] = (1002, (ClientFrame.Text("") with { ReservedBits = 4 }).Encode()),
        ["ReservedOpcode"] = (1002, new ClientFrame(3, []).Encode()),
        ["FragmentedControl"] = (1002, ClientFrame.Ping("").Unfinished().Encode()),
        ["LongControl"] = (1002, new ClientFrame(9, new byte[126]).Encode()),
        ["Unmasked"] = (1002, (ClientFrame.Text("") with { IsMasked = false }).Encode()),
        ["LengthNotMinimal"] = (1002, (ClientFrame.Text("") with { LengthByteCount = 2 }).Encode()),
        ["LengthTopBit"] = (1002, (ClientFrame.Text("") with { ClaimedLength = 1UL << 63 }).Encode()),
        ["NothingToContinue"] = (1002, ClientFrame.Continuation("").Encode()),
        ["MessageUnfinished"] = (1002, ClientFrame.Join(ClientFrame.Text("").Unfinished(), ClientFrame.Text(""))),
        ["CloseOfOneByte"] = (1002, ClientFrame.Close([3]).Encode()),
        ["CloseCodeInvalid"] = (1002, ClientFrame.Close(1006).Encode()),
        ["CloseReasonNotUtf8"] = (1007, ClientFrame.Close([3, 232, 0xFF]).Encode()),
        ["BinaryRefused"] = (1003, ClientFrame.Binary([]).Encode()),
        ["TextNotUtf8"] = (1007, ClientFrame.Text([0xFF]).Encode()),
        ["TooManyFragments"] = (1008, ClientFrame.Join(
            ClientFrame.Text("").Unfinished(), ClientFrame.Continuation("").Unfinished(), ClientFrame.Continuation(""))),
        ["MessageTooBig"] = (1009, ClientFrame.Text(new byte[101]).Encode()),
    };

    /// <summary>Those that no bytes reach in the codec: they take time into account, or come of inflating.</summary>
    private static readonly string[] Elsewhere = ["MessageTooSlow", "TooManyControlFrames", "TooManyMessages", "TooManyBytes", "NotDeflate"];

    public static TheoryData<string> EachViolationOfTheCodec() => [.. EachViolation().Select(row => row.Data).Except(Elsewhere)];

    public static TheoryData<string> EachViolation() =>
        [.. typeof(Violation).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => field.Name)];

    [Theory]
    [MemberData(nameof(EachViolationOfTheCodec))]
    public void Each_is_reached_by_bytes_and_has_its_code(string name)
    {
        var violation = (Violation)typeof(Violation).GetField(name)!.GetValue(null)!;
        var (code, bytes) = Reached[name];
        Reading.Gives(Limits, bytes, Seen.Failure(code, violation));
    }

    [Theory]
    [MemberData(nameof(EachViolation))]
    public void Each_sentence_names_its_section_and_fits_a_close_frame(string name)
    {
        var violation = (Violation)typeof(Violation).GetField(name)!.GetValue(null)!;
        Assert.Matches(@"^[A-Z].+ \(RFC (6455|7692) §[0-9.]+\)\.$", violation.Reason);
        Assert.InRange(Encoding.UTF8.GetByteCount(violation.Reason), 1, 123);
    }

    [Theory]
    [MemberData(nameof(EachViolation))]
    public void Each_that_breaks_a_limit_names_the_option_that_sets_it(string name)
    {
        var violation = (Violation)typeof(Violation).GetField(name)!.GetValue(null)!;
        Assert.Equal((int)violation.Code is 1008 or 1009, violation.Limit is not null);
        if (violation.Limit is not null)
            Assert.NotNull(typeof(ConnectionLimits).GetProperty(violation.Limit));
    }
}
