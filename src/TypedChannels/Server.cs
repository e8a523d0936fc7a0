#pragma warning disable // A stand-in until the server is written.
namespace TypedChannels;
public sealed class ServerOptions { }
public sealed class HandshakeContext { }
public readonly struct ConnectionTicket { }
public abstract class Server { protected Server(ServerOptions? options) { } }
public abstract class Server<TConnection, TProps> : Server where TConnection : Connection<TProps> where TProps : class
{
    protected Server(ServerOptions? options) : base(options) { }
    protected virtual void OnStarting() { }
    protected abstract TConnection CreateConnection(ConnectionTicket ticket);
    protected abstract TProps CreateProps(HandshakeContext handshake);
    protected virtual ValueTask OnHandshakeAsync(HandshakeContext handshake) => default;
    protected ValueTask EmitAsync<TMessage>(ChannelDescriptor<TMessage> channel, TMessage message, CancellationToken cancellationToken) => default;
}
public abstract class Connection<TProps> where TProps : class
{
    protected Connection(ConnectionTicket ticket) { }
    protected ValueTask SendAsync<TMessage>(ChannelDescriptor<TMessage> channel, TMessage message, CancellationToken cancellationToken) => default;
    protected abstract ValueTask DispatchAsync(ReceivedMessage received);
    protected ValueTask UnknownAsync(ReceivedMessage received) => default;
    protected ValueTask HandleAsync<TConnection, TMessage>(ReceivedMessage received, ChannelDescriptor<TMessage> channel, TConnection self, ChannelHandler<TConnection, TMessage>[]? serverHandlers, ChannelHandler<TMessage>[]? handlers) where TConnection : Connection<TProps> => default;
}
