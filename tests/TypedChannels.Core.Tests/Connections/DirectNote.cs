using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace TypedChannels.Tests.Connections;

/// <summary>Reads and writes a <see cref="Note"/> as generated code would: directly, and by metadata what is not plainly good.</summary>
internal sealed class DirectNote : DirectMessageCodec<Note>
{
    public static readonly ChannelDescriptor<Note> Channel = new("note", ChannelDirection.Both, 0, new DirectNote());

    protected override JsonTypeInfo<Note> TypeInfo => NoteContext.Default.Note;

    protected override bool TryRead(ref DirectReader reader, [MaybeNullWhen(false)] out Note message)
    {
        message = null;
        if (!reader.TryStartObject(out var more))
            return false;
        string? text = null;
        while (more)
        {
            if (!reader.TryReadName(out var name))
                return false;
            var isText = name.SequenceEqual("text"u8);
            if (isText ? text is not null || !reader.TryReadString(out text) : !reader.TrySkip())
                return false;
            if (!reader.TryContinueObject(out more))
                return false;
        }
        message = text is null ? null : new Note(text);
        return message is not null;
    }

    protected override void Write(ref DirectWriter writer, Note message)
    {
        if (!writer.TryEnter())
            return;
        writer.WriteRaw("{\"text\":"u8);
        writer.WriteString(message.Text);
        writer.WriteRaw("}"u8);
        writer.Leave();
    }
}
