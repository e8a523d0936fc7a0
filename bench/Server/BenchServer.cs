namespace TypedChannels.Bench;

public sealed class NoProps;

/// <summary>The benchmark's work, through what is generated for anybody's contract.</summary>
[ChannelServer<NoProps>]
public sealed partial class BenchServer
{
    protected override void OnStarting()
    {
        OnChat += static (connection, message) => connection.SendChatAsync(message);
        OnAll += (_, message) => EmitChatAsync(new ChatMessage(message.User, message.Text));
    }
}
