namespace TypedChannels.Tests.Wire;

[Trait("RFC", "6455 §7.4")]
public class CloseCodeTests
{
    [Theory]
    [InlineData(0, 999, false)]
    [InlineData(1000, 1003, true)]
    [InlineData(1004, 1006, false)]
    [InlineData(1007, 1014, true)]
    [InlineData(1015, 2999, false)]
    [InlineData(3000, 4999, true)]
    [InlineData(5000, 65_535, false)]
    public void Says_which_codes_may_be_on_the_wire(int first, int last, bool isValid)
    {
        for (var code = first; code <= last; code++)
            Assert.Equal(isValid, ((CloseCode)code).IsValidOnTheWire);
    }

    [Theory]
    [InlineData("Normal", 1000)]
    [InlineData("GoingAway", 1001)]
    [InlineData("ProtocolError", 1002)]
    [InlineData("UnsupportedData", 1003)]
    [InlineData("NoStatus", 1005)]
    [InlineData("Abnormal", 1006)]
    [InlineData("InvalidPayload", 1007)]
    [InlineData("PolicyViolation", 1008)]
    [InlineData("MessageTooBig", 1009)]
    [InlineData("MandatoryExtension", 1010)]
    [InlineData("InternalError", 1011)]
    [InlineData("ServiceRestart", 1012)]
    [InlineData("TryAgainLater", 1013)]
    [InlineData("BadGateway", 1014)]
    [InlineData("TlsHandshake", 1015)]
    public void Names_the_registered_codes(string name, int code) => Assert.Equal(name, ((CloseCode)code).ToString());
}
