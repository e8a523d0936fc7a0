using static TypedChannels.Conformance.CaseTable;

namespace TypedChannels.Conformance;

/// <summary>A message in fragments as a library cuts it by itself.</summary>
internal static class Group10
{
    public static IEnumerable<Case> Cases
    {
        get
        {
            var message = Fill((byte)'*', 65_536);
            return [new("10.1.1", [new Send(FragmentsOf(Frame.Text, message, 1300))], [Received.Text(message)], Clean)];
        }
    }
}
