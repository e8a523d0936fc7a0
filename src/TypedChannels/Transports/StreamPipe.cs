using System.IO.Pipelines;

namespace TypedChannels;

/// <summary>A stream as a pair of pipes.</summary>
internal sealed class StreamPipe(Stream stream) : IDuplexPipe
{
    // An idle connection holds no buffer: it reads nothing until something is there.
    public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));

    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
}
