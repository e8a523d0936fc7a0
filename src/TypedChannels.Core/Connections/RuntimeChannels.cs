using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace TypedChannels;

/// <summary>
/// The channels of a server, a connection or a client whose names are known only at run time: those that have handlers now.
/// Safe for concurrent use.
/// </summary>
internal sealed class RuntimeChannels
{
    // Registering is rare, and a connection's table small.
    private readonly ConcurrentDictionary<string, RuntimeChannel> _byName =
        new(concurrencyLevel: 1, capacity: 1, StringComparer.Ordinal);

    /// <summary>Handles a message on a channel that is none of the contract's. The result never fails.</summary>
    /// <param name="messages">The connection's handling.</param>
    /// <param name="received">The message.</param>
    /// <param name="connection">What the handlers are given.</param>
    /// <param name="first">The server's channels, whose handlers run first.</param>
    /// <param name="then">The connection's.</param>
    public static ValueTask HandleAsync(
        MessageHandling messages, ReceivedMessage received, object connection, RuntimeChannels? first, RuntimeChannels? then)
    {
        if (!received.IsChecked)
            return messages.HandleCheckedAsync(received.Text);
        var channel = RuntimeChannel.Join(first?.Find(received.Channel), then?.Find(received.Channel));
        if (channel is not null)
            return channel.HandleAsync(messages, received, connection);
        messages.RefuseUnknown();
        return default;
    }

    /// <summary>Registers a handler. Disposing of the result removes it.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="eventOf">Finds the event of a channel that the contract receives.</param>
    /// <param name="typeInfo">How to read the messages.</param>
    /// <param name="handler">The handler.</param>
    /// <exception cref="ArgumentException">No channel may be called so, or the contract receives it.</exception>
    public IDisposable Add<TMessage>(
        string channel, Func<string, string?> eventOf, JsonTypeInfo<TMessage> typeInfo, ChannelHandler<object, TMessage> handler)
    {
        ChannelName.ThrowIfInvalid(channel);
        ArgumentNullException.ThrowIfNull(typeInfo);
        // Its messages never come here: such a handler would wait for ever.
        if (eventOf(channel) is { } contractEvent)
            throw new ArgumentException($"The contract has this side receive the channel: attach to {contractEvent}.", nameof(channel));
        var added = new RuntimeHandler<TMessage>(this, channel, typeInfo, handler);
        _byName.AddOrUpdate(
            channel,
            static (name, handler) => new RuntimeChannel(name, handler),
            static (_, channel, handler) => channel.With(handler),
            (RuntimeHandler)added);
        return added;
    }

    public void Remove(string channel, RuntimeHandler handler)
    {
        while (_byName.TryGetValue(channel, out var before))
        {
            var after = before.Without(handler);
            if (ReferenceEquals(after, before))
                return;
            if (after is null ? _byName.TryRemove(KeyValuePair.Create(channel, before)) : _byName.TryUpdate(channel, after, before))
                return;
        }
    }

    /// <summary>Finds a channel by the peer's text, of which nothing is kept.</summary>
    public RuntimeChannel? Find(ReadOnlySpan<byte> utf8Name)
    {
        Span<char> name = stackalloc char[ChannelNameRule.MaxBytes];
        if (utf8Name.Length > ChannelNameRule.MaxBytes)
            return null;
        // Not replaced: what is no UTF-8 must not find a name that has U+FFFD.
        var status = Utf8.ToUtf16(utf8Name, name, out _, out var length, replaceInvalidSequences: false);
        if (status != System.Buffers.OperationStatus.Done)
            return null;
        return _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name[..length], out var channel) ? channel : null;
    }
}
