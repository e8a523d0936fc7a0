using TypedChannels;

namespace Chat;

/// <summary>The client's side of every channel in Chat.Contracts.</summary>
[ChannelClient(Contracts = [typeof(ChatMessage)])]
public sealed partial class ChatClient;
