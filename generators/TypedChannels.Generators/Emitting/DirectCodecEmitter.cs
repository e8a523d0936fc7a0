using Microsoft.CodeAnalysis.Text;
using static TypedChannels.Generators.JsonContextEmitter;

namespace TypedChannels.Generators;

/// <summary>Prints the codec of one record that is read and written directly.</summary>
internal static class DirectCodecEmitter
{
    public const string Reader = "ref global::TypedChannels.DirectReader reader";
    public const string Writer = "ref global::TypedChannels.DirectWriter writer";

    /// <summary>The codec's class. No member of the channels' can have its name.</summary>
    public static string ClassName(ChannelModel channel) => channel.MemberName + "Codec";

    public static string Emit(DirectCodecModel codec)
    {
        var record = codec.Channel.Record;
        var types = new DirectTypes(codec.Plan);
        var code = SourceWriter.StartFile()
            .Line("#nullable disable warnings")
            // A label for each member, and checks that hold for some types only.
            .Line("#pragma warning disable CS0162, CS0164, CS0219")
            .Line()
            .Line("// JSON: read and written directly; whatever this refuses goes by metadata.")
            .Open("namespace " + codec.Namespace)
            .Line(Names.GeneratedCode)
            .Line(Names.Hidden)
            .Open($"internal sealed class {ClassName(codec.Channel)} : global::TypedChannels.DirectMessageCodec<{record}>")
            // By type, not by the context's property, whose name may depend on other channels' types.
            .Line($"protected override {Metadata}JsonTypeInfo<{record}> TypeInfo =>")
            .Line($"    ({Metadata}JsonTypeInfo<{record}>){codec.Context}.Default.GetTypeInfo(typeof({record}))!;")
            .Line()
            .Line($"protected override bool TryRead({Reader}, out {record} message) =>")
            .Line($"    {types.Method("TryRead", record)}(ref reader, out message);")
            .Line()
            .Line($"protected override void Write({Writer}, {record} message) => {types.Method("Write", record)}(ref writer, message);");
        foreach (var type in codec.Plan.Types)
        {
            if (type.Kind == DirectKind.Scalar)
                continue;
            DirectReadEmitter.Emit(code, type, types);
            DirectWriteEmitter.Emit(code, type, types);
        }
        return code.CloseAllText();
    }
}
