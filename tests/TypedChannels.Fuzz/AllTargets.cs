using TypedChannels.Fuzz.Engine;
using TypedChannels.Fuzz.Targets;

namespace TypedChannels.Fuzz;

internal static class AllTargets
{
    public static readonly string[] Names = ["frames", "assembler", "envelope", "readers", "handshake", "connection", "deflate"];

    public static Target? Create(string name) => name switch
    {
        "frames" => new FramesTarget(),
        "assembler" => new AssemblerTarget(),
        "envelope" => new EnvelopeTarget(),
        "readers" => new ReadersTarget(),
        "handshake" => new HandshakeTarget(),
        "connection" => new ConnectionTarget(),
        "deflate" => new DeflateTarget(),
        _ => null,
    };
}
