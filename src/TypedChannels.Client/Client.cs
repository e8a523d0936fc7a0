#pragma warning disable // A stand-in until the client is written.
namespace TypedChannels;
public sealed class ClientOptions { }
public abstract class Client
{
    protected Client(ClientOptions? options) { }
    protected ValueTask SendAsync<TMessage>(ChannelDescriptor<TMessage> channel, TMessage message, CancellationToken cancellationToken) => default;
    protected abstract ValueTask DispatchAsync(ReceivedMessage received);
    protected ValueTask UnknownAsync(ReceivedMessage received) => default;
    protected ValueTask HandleAsync<TMessage>(ReceivedMessage received, ChannelDescriptor<TMessage> channel, ChannelHandler<TMessage>[]? handlers) => default;
}
