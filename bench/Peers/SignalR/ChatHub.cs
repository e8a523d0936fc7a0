using System.Text.Json.Serialization;
using Microsoft.AspNetCore.SignalR;

namespace TypedChannels.Bench.Peers;

internal sealed record ChatMessage(string User, string Text);

/// <summary>The benchmark's work, as SignalR says it.</summary>
internal sealed class ChatHub : Hub
{
    public Task Chat(ChatMessage message) => Clients.Caller.SendAsync("chat", new ChatMessage(message.User, message.Text));

    public Task All(ChatMessage message) => Clients.All.SendAsync("chat", new ChatMessage(message.User, message.Text));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChatMessage))]
internal sealed partial class ChatJson : JsonSerializerContext;
