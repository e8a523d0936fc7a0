namespace TypedChannels.LoadGenerator.Work;

/// <summary>They are there, and say nothing.</summary>
internal sealed class Idle : Workload
{
    public override bool IsBusy => false;

    public override void Start(Connection[] connections, long now)
    {
    }

    public override void OnMessages(Connection connection, int messages, long now) => Messages += messages;
}
