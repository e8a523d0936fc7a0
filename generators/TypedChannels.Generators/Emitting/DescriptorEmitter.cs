using Microsoft.CodeAnalysis.Text;

namespace TypedChannels.Generators;

/// <summary>Prints the descriptor of one channel, and the list of an assembly's channels.</summary>
internal static class DescriptorEmitter
{
    /// <summary>One channel: a file of its own, which the other channels leave alone.</summary>
    public static string Emit(DescriptorModel descriptor)
    {
        var channel = descriptor.Channel;
        var record = channel.Record;
        var member = Identifiers.Escape(channel.MemberName);
        return SourceWriter.StartFile()
            // A channel may be called Equals.
            .Line("#pragma warning disable CS0108")
            .Line()
            .Open("namespace " + descriptor.Namespace)
            .Open("partial class ChannelDescriptors")
            .Line($"/// <summary>The {Names.Describe(channel)}.</summary>")
            .Line($"{channel.Accessibility} static global::TypedChannels.ChannelDescriptor<{record}> {member} {{ get; }} = new(")
            .Line($"    {Literals.Quote(channel.Name)}, global::TypedChannels.ChannelDirection.{channel.Direction}, {channel.MaxBytes},")
            .Line($"    {Codec(descriptor)}){(channel.Compress ? "" : " { Compress = false }")};")
            .CloseAllText();
    }

    private static string Codec(DescriptorModel descriptor) => descriptor.WhyNotDirect is { } reason
        // By type, not by the context's property, whose name may depend on other channels' types.
        ? $"// JSON by metadata: {reason}.\n            new global::TypedChannels.JsonMessageCodec<{descriptor.Channel.Record}>(\n"
            + $"                (global::System.Text.Json.Serialization.Metadata.JsonTypeInfo<{descriptor.Channel.Record}>)"
            + $"{descriptor.Context}.Default.GetTypeInfo(typeof({descriptor.Channel.Record}))!)"
        : $"new global::{descriptor.Namespace}.{DirectCodecEmitter.ClassName(descriptor.Channel)}()";

    /// <summary>The list that another assembly's generator reads.</summary>
    public static SourceText EmitList(ContractModel contract, AssemblyModel assembly)
    {
        var list = SourceWriter.StartFile()
            .Line()
            .Line("[assembly: global::TypedChannels.ChannelContract(")
            .Line($"    {KnownSymbols.ContractVersion},")
            .Line($"    typeof(global::{assembly.Namespace}.ChannelDescriptors),");
        for (var i = 0; i < contract.Channels.Count; i++)
            list.Line($"    typeof({contract.Channels[i].Record}){(i + 1 < contract.Channels.Count ? "," : ")]")}");
        return list
            .Line()
            .Open("namespace " + assembly.Namespace)
            .Line("/// <summary>What generated code knows of each channel of this assembly.</summary>")
            .Line(Names.GeneratedCode)
            .Line(Names.Hidden)
            .Open($"{(contract.IsPublic ? "public" : "internal")} static partial class ChannelDescriptors")
            .CloseAll();
    }
}
