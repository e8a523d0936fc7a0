using System.Buffers;

namespace TypedChannels;

/// <summary>A channel whose name is known only at run time, with its handlers. Immutable.</summary>
/// <remarks>
/// Its message is, for <see cref="MessageHandling"/>, an array of calls: one for each handler, with what that handler has read. So all
/// have read before the first runs, while the message's bytes are there, and a message that one of them cannot read reaches none.
/// </remarks>
internal sealed class RuntimeChannel
{
    private static readonly ChannelHandler<object, ChannelHandler<object>[]>[] Caller =
        [static (connection, calls) => HandlerSequence.RunAsync(connection, calls)];

    private readonly RuntimeHandler[] _handlers;
    private readonly ChannelDescriptor<ChannelHandler<object>[]> _descriptor;

    public RuntimeChannel(string name, params RuntimeHandler[] handlers)
    {
        _handlers = handlers;
        _descriptor = new(name, ChannelDirection.Both, maxBytes: 0, new Codec(handlers)) { Label = MetricLabels.OtherChannel };
    }

    public RuntimeChannel With(RuntimeHandler handler) => new(_descriptor.Name, [.. _handlers, handler]);

    /// <summary>The channel without a handler: itself where it has no such handler, and null where it has no other.</summary>
    public RuntimeChannel? Without(RuntimeHandler handler)
    {
        var index = Array.IndexOf(_handlers, handler);
        if (index < 0)
            return this;
        return _handlers.Length == 1 ? null : new(_descriptor.Name, [.. _handlers[..index], .. _handlers[(index + 1)..]]);
    }

    /// <summary>One channel with the handlers of two, either of which may be missing.</summary>
    public static RuntimeChannel? Join(RuntimeChannel? first, RuntimeChannel? then) =>
        first is null || then is null
            ? first ?? then
            : new(first._descriptor.Name, [.. first._handlers, .. then._handlers]);

    /// <summary>Reads a message and runs the handlers. The result never fails.</summary>
    public ValueTask HandleAsync(MessageHandling messages, ReceivedMessage received, object connection) =>
        messages.HandleAsync(received, _descriptor, connection, Caller, then: null);

    private sealed class Codec(RuntimeHandler[] handlers) : MessageCodec<ChannelHandler<object>[]>
    {
        public override ChannelHandler<object>[] Read(ReadOnlySpan<byte> input)
        {
            var calls = new ChannelHandler<object>[handlers.Length];
            for (var i = 0; i < calls.Length; i++)
                calls[i] = handlers[i].Bind(input);
            return calls;
        }

        public override void Write(IBufferWriter<byte> output, ChannelHandler<object>[] message) => throw new NotSupportedException();
    }
}
