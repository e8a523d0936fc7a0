using System.Globalization;
using System.Linq;

namespace TypedChannels.Generators;

/// <summary>Prints the method that writes one type.</summary>
internal static class DirectWriteEmitter
{
    private const string Raw = "writer.WriteRaw";

    public static void Emit(SourceWriter code, DirectTypeModel type, DirectTypes types)
    {
        code.Line().Open($"private static void {types.Method("Write", type.FullName)}({DirectCodecEmitter.Writer}, {type.FullName} value)");
        switch (type.Kind)
        {
            case DirectKind.StringEnum:
                code.Open("switch (value)");
                foreach (var value in type.Values.Where(value => value.IsWritten))
                {
                    code.Line(
                        $"case {type.FullName}.{Identifiers.Escape(value.Name)}: "
                        + $"{Raw}({DirectNames.Utf8("\"" + DirectNames.Escape(value.JsonName) + "\"")}); break;");
                }
                code.Line("default: writer.Refuse(); break;").Close();
                break;
            case DirectKind.NumberEnum:
                code.Line($"writer.Write{type.Method}(({type.Element})value);");
                break;
            case DirectKind.Nullable:
                code.Open("if (value is null)").Line("writer.WriteNull();").Line("return;").Close()
                    .Line($"{type.Element} inner = value.GetValueOrDefault();");
                types.Write(code, type.Element, "inner", writesNull: false);
                break;
            case DirectKind.Array or DirectKind.List or DirectKind.ReadOnlyList:
                EmitItems(code, type, types, type.Kind == DirectKind.Array ? "Length" : "Count");
                break;
            case DirectKind.Dictionary:
                EmitDictionary(code, type, types);
                break;
            default:
                EmitObject(code, type, type.Object!, types);
                break;
        }
        code.Close();
    }

    private static void EmitItems(SourceWriter code, DirectTypeModel type, DirectTypes types, string count)
    {
        code.Line("if (!writer.TryEnter()) return;")
            .Line($"{Raw}(\"[\"u8);")
            // By index also what System.Text.Json enumerates: that would need an enumerator.
            .Open($"for (int i = 0; i < value.{count}; i++)")
            .Line($"if (i > 0) {Raw}(\",\"u8);")
            .Line($"{type.Element} item = value[i];");
        types.Write(code, type.Element, "item", writesNull: true);
        code.Close().Line($"{Raw}(\"]\"u8);").Line("writer.Leave();");
    }

    private static void EmitDictionary(SourceWriter code, DirectTypeModel type, DirectTypes types)
    {
        code.Line("if (!writer.TryEnter()) return;")
            .Line($"{Raw}(\"{{\"u8);")
            .Line("bool isLater = false;")
            .Open($"foreach (global::System.Collections.Generic.KeyValuePair<string, {type.Element}> pair in value)")
            .Line("writer.WriteComma(ref isLater);")
            .Line("writer.WriteName(pair.Key);")
            .Line($"{type.Element} item = pair.Value;");
        types.Write(code, type.Element, "item", writesNull: true);
        code.Close().Line($"{Raw}(\"}}\"u8);").Line("writer.Leave();");
    }

    private static void EmitObject(SourceWriter code, DirectTypeModel type, DirectObjectModel shape, DirectTypes types)
    {
        code.Line("if (!writer.TryEnter()) return;");
        var written = shape.Members.Where(member => member.IsWritten).ToList();
        // A comma stands before a member if one is written before it, which the members before the first sure one only know at run time.
        var isSure = written.Count > 0 && !written[0].OmitsDefault;
        if (!isSure)
            code.Line($"{Raw}(\"{{\"u8);").Line("bool isLater = false;");
        for (var i = 0; i < written.Count; i++)
            isSure = EmitMember(code, type, written[i], i, isSure, types);
        code.Line($"{Raw}(\"}}\"u8);").Line("writer.Leave();");
    }

    /// <summary>Whether a comma is needed before the next.</summary>
    private static bool EmitMember(
        SourceWriter code, DirectTypeModel type, DirectMemberModel member, int index, bool isSure, DirectTypes types)
    {
        var variable = "member" + index.ToString(CultureInfo.InvariantCulture);
        code.Line($"{member.Type} {variable} = {DirectTypes.Member("value", type, member)};");
        if (member.OmitsDefault)
        {
            code.Open(types[member.Type].IsValueType
                // In System.Text.Json's order: a struct's own Equals need not be symmetric.
                ? $"if (!global::System.Collections.Generic.EqualityComparer<{member.Type}>.Default.Equals(default, {variable}))"
                : $"if ({variable} is not null)");
        }
        if (!isSure)
            code.Line("writer.WriteComma(ref isLater);");
        code.Line($"{Raw}({DirectNames.Member(!isSure ? "" : index == 0 ? "{" : ",", member.JsonName)});");
        types.Write(code, member.Type, variable, member.WritesNull);
        if (member.OmitsDefault)
            code.Close();
        return isSure || !member.OmitsDefault;
    }
}
