using System.ComponentModel;
using System.Text;

namespace TypedChannels;

/// <summary>What both sides know of a channel at compile time. Made by generated code, one for each record; immutable.</summary>
/// <typeparam name="TMessage">The channel's record.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChannelDescriptor<TMessage>
{
    /// <summary>Creates the descriptor.</summary>
    /// <param name="name">The channel's name.</param>
    /// <param name="direction">Which side sends.</param>
    /// <param name="maxBytes">Largest text message accepted, in bytes; 0: the connection's own limit.</param>
    /// <param name="codec">Turns the record into the bytes of an envelope's <c>message</c> and back.</param>
    public ChannelDescriptor(string name, ChannelDirection direction, int maxBytes, MessageCodec<TMessage> codec)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        ArgumentNullException.ThrowIfNull(codec);
        Name = Label = name;
        Utf8Name = Encoding.UTF8.GetBytes(name);
        Direction = direction;
        MaxBytes = maxBytes;
        Codec = codec;
        EnvelopeStart = EnvelopeWriter.Start(name);
    }

    /// <summary>The channel's name.</summary>
    public string Name { get; }

    /// <summary>The channel's name in UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8Name { get; }

    /// <summary>Which side sends.</summary>
    public ChannelDirection Direction { get; }

    /// <summary>Largest text message accepted, in bytes; 0: the connection's own limit.</summary>
    public int MaxBytes { get; }

    /// <summary>Whether messages may be compressed. Default <see langword="true"/>.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>Turns the record into the bytes of an envelope's <c>message</c> and back.</summary>
    public MessageCodec<TMessage> Codec { get; }

    /// <summary>
    /// What names the channel where messages are counted: its name, or <see cref="MetricLabels.OtherChannel"/> where it is not part of the
    /// contract, since names made at run time have no bound.
    /// </summary>
    internal string Label { get; init; }

    /// <summary>The envelope's bytes up to the message, which never change.</summary>
    internal byte[] EnvelopeStart { get; }
}
