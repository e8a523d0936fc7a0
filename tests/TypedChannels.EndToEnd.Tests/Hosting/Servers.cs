namespace TypedChannels.Tests.Hosting;

[Channel("ask", Direction = ChannelDirection.ToServer)]
public sealed record Ask(string Text);

[Channel("answer", Direction = ChannelDirection.ToClient)]
public sealed record Answer(string Text);

public sealed class NoProps;

[ChannelServer<NoProps>]
public sealed partial class UpperServer
{
    protected override void OnStarting() =>
        OnAsk += (connection, message) => connection.SendAnswerAsync(new Answer(message.Text.ToUpperInvariant()));
}

[ChannelServer<NoProps>]
public sealed partial class LengthServer
{
    protected override void OnStarting() =>
        OnAsk += (connection, message) => connection.SendAnswerAsync(new Answer($"{message.Text.Length}"));
}
