using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;

namespace TypedChannels.Generators;

/// <summary>Prints the manifest: JSON, a channel or a type a line, that another build reads out of the compiled assembly.</summary>
internal static class ManifestEmitter
{
    // The manifest is one file, printed anew at each edit of any record; the models of the others are still the same objects.
    private static readonly ConditionalWeakTable<ManifestType, string> s_lines = new();

    public static SourceText Emit(ManifestModel manifest)
    {
        var output = SourceWriter.StartFile()
            .Line()
            .Line($"[assembly: global::TypedChannels.ChannelManifest({KnownSymbols.ManifestVersion}, \"\"\"")
            .Line($"{{\"typedChannels\":{KnownSymbols.ManifestVersion},")
            .Line("\"channels\":[");
        Lines(output, manifest.Channels.Select(Channel));
        output.Line("],").Line("\"types\":[");
        Lines(output, manifest.Types.Select(type => s_lines.GetValue(type, Type)));
        return output.Line("]}").Line("\"\"\")]").CloseAll();
    }

    private static void Lines(SourceWriter output, IEnumerable<string> items)
    {
        var lines = items.ToList();
        for (var i = 0; i < lines.Count; i++)
            output.Line(lines[i] + (i + 1 < lines.Count ? "," : ""));
    }

    private static string Channel(ManifestChannel channel)
    {
        var (name, member, _, direction, maxBytes, compress, isPublic, isEmpty, _) = channel.Channel;
        return new JsonLine()
            .Text("name", name)
            .Text("member", member)
            .Text("direction", direction switch { Direction.ToServer => "toServer", Direction.ToClient => "toClient", _ => "both" })
            .Raw("message", Use(channel.Message))
            .Number("maxBytes", maxBytes)
            .Flag("compress", compress, otherwise: true)
            .Flag("empty", isEmpty)
            .Flag("public", isPublic, otherwise: true)
            .ToString();
    }

    private static string Type(ManifestType type)
    {
        var line = new JsonLine().Text("id", type.Id).Text("name", type.Name).Text("doc", type.Doc);
        if (type.Enum is not null)
            return line.Text("enum", type.Enum).Text("underlying", type.Underlying).List("values", type.Values.Select(Value)).ToString();
        return line
            .Flag("open", type.IsOpen)
            .Flag("closed", type.IsClosed)
            .Text("discriminator", type.Discriminator)
            .Flag("plain", type.IsPlain, otherwise: true)
            .List("derived", type.Derived.Select(Derived))
            .List("members", type.Members.Select(Member))
            .ToString();
    }

    private static string Value(ManifestValue value) =>
        new JsonLine().Text("name", value.Name).Raw("number", value.Number).Text("doc", value.Doc).ToString();

    private static string Derived(ManifestDerivedType derived)
    {
        var line = new JsonLine().Raw("type", Use(derived.Type));
        return (derived.IsText ? line.Text("is", derived.Discriminator) : line.Raw("is", derived.Discriminator)).ToString();
    }

    private static string Member(ManifestMember member) => new JsonLine()
        .Text("name", member.Name)
        .Raw("type", Use(member.Type))
        .Text("read", member.Read)
        .Text("write", member.Write)
        .Flag("readsNull", member.ReadsNull)
        .Flag("writesNull", member.WritesNull)
        .Number("numbers", member.Numbers)
        .Text("doc", member.Doc)
        .ToString();

    private static string Use(ManifestTypeUse use) => use.Form switch
    {
        ManifestForm.Scalar => JsonLine.Quote(use.Name),
        ManifestForm.Named => new JsonLine().Text("ref", use.Name).ToString(),
        ManifestForm.Nullable => new JsonLine().Raw("nullable", Use(use.Element!)).ToString(),
        ManifestForm.Array => new JsonLine().Raw("array", Use(use.Element!)).ToString(),
        _ => new JsonLine().Raw("map", Use(use.Element!)).Raw("key", Use(use.Key!)).ToString(),
    };
}
