namespace TypedChannels.Conformance.Tests;

/// <summary>That the runner notices what is wrong. A fault that more cases notice has the one that was made for it.</summary>
public class ProofTests
{
    private static readonly Dictionary<Fault, string> Noticing = new()
    {
        [Fault.EchoesAWrongByte] = "1.1.2",
        [Fault.EchoesTextAsBinary] = "1.1.2",
        [Fault.CutsLongEchoes] = "1.1.7",
        [Fault.SendsNoPong] = "2.1",
        [Fault.SendsPongsWithoutPayload] = "2.2",
        [Fault.SendsEachPongTwice] = "2.1",
        [Fault.AnswersOnlyTheLastPing] = "2.10",
        [Fault.HoldsPongsBackUntilAMessageEnds] = "5.19",
        [Fault.AcceptsReservedBits] = "3.1",
        [Fault.AcceptsReservedOpcodes] = "4.1.1",
        [Fault.AcceptsFragmentedControlFrames] = "5.1",
        [Fault.AcceptsLongControlFrames] = "2.5",
        [Fault.IgnoresStrayContinuations] = "5.10",
        [Fault.AcceptsAMessageInsideAMessage] = "5.18",
        [Fault.LosesTheFirstFragment] = "5.3",
        [Fault.ChecksUtf8AtTheEnd] = "6.4.1",
        [Fault.NeverChecksUtf8] = "6.12.1",
        [Fault.AcceptsSurrogates] = "6.20.1",
        [Fault.RefusesNonCharacters] = "6.22.1",
        [Fault.SaysTheWrongCodeForUtf8] = "6.3.1",
        [Fault.AcceptsInvalidCloseCodes] = "7.9.1",
        [Fault.RefusesRegisteredCloseCodes] = "7.7.10",
        [Fault.AcceptsACloseOfOneByte] = "7.3.2",
        [Fault.AcceptsInvalidCloseReasons] = "7.5.1",
        [Fault.EchoesAfterTheClose] = "7.1.4",
        [Fault.SendsPongsAfterTheClose] = "7.1.3",
        [Fault.DoesNotAnswerTheClose] = "7.3.1",
        [Fault.NeverEndsTcp] = "7.3.1",
        [Fault.LosesWhatWasQueuedBeforeAViolation] = "3.2",
        [Fault.MasksItsFrames] = "1.1.1",
        [Fault.EncodesLengthsInMoreBytes] = "1.1.1",
        [Fault.SetsAReservedBit] = "1.1.1",
    };

    [Fact]
    public async Task Each_planted_fault_is_noticed_by_the_case_made_for_it()
    {
        // All at once: to notice what does not come is to wait for it.
        var unnoticed = await Task.WhenAll(Enum.GetValues<Fault>().Where(fault => fault != Fault.None).Select(async fault =>
        {
            var noticed = await Proof.NoticeAsync(fault, test => test.Id == Noticing[fault]);
            return noticed.Count == 0 ? $"{fault}" : null;
        }));
        Assert.Empty(unnoticed.OfType<string>());
    }

    [Fact]
    public async Task Server_without_a_fault_passes_those_cases() =>
        Assert.Empty(await Proof.NoticeAsync(Fault.None, test => Noticing.ContainsValue(test.Id)));
}
