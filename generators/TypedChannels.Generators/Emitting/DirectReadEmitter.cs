using System.Linq;

namespace TypedChannels.Generators;

/// <summary>Prints the method that reads one type.</summary>
internal static class DirectReadEmitter
{
    public static void Emit(SourceWriter code, DirectTypeModel type, DirectTypes types)
    {
        code.Line()
            .Open(
                $"private static bool {types.Method("TryRead", type.FullName)}"
                + $"({DirectCodecEmitter.Reader}, out {type.FullName}{(type.IsValueType ? "" : "?")} value)")
            .Line("value = default;");
        switch (type.Kind)
        {
            case DirectKind.StringEnum:
                EmitStringEnum(code, type);
                break;
            case DirectKind.NumberEnum:
                code.Line($"if (!reader.TryRead{type.Method}(out {type.Element} number)) return false;")
                    .Line($"value = ({type.FullName})number;")
                    .Line("return true;");
                break;
            case DirectKind.Nullable:
                code.Line("if (reader.TryReadNull()) return true;")
                    .Line($"{type.Element} inner = default;")
                    .Line($"if (!{types.Read(type.Element, "inner", takesNull: false)}) return false;")
                    .Line("value = inner;")
                    .Line("return true;");
                break;
            case DirectKind.Array or DirectKind.List or DirectKind.ReadOnlyList:
                EmitItems(code, type, types);
                break;
            case DirectKind.Dictionary:
                EmitDictionary(code, type, types);
                break;
            default:
                DirectObjectReadEmitter.Emit(code, type, type.Object!, types);
                break;
        }
        code.Close();
    }

    private static void EmitStringEnum(SourceWriter code, DirectTypeModel type)
    {
        code.Line("if (!reader.TryReadText(out global::System.ReadOnlySpan<byte> name)) return false;")
            .Open("switch (name.Length)");
        foreach (var sameLength in type.Values.GroupBy(value => System.Text.Encoding.UTF8.GetByteCount(value.JsonName)))
        {
            code.Line($"case {sameLength.Key}:");
            foreach (var value in sameLength)
            {
                code.Line(
                    $"    if (global::System.MemoryExtensions.SequenceEqual(name, {DirectNames.Utf8(value.JsonName)})) "
                    + $"{{ value = {type.FullName}.{Identifiers.Escape(value.Name)}; return true; }}");
            }
            code.Line("    return false;");
        }
        code.Line("default:")
            .Line("    return false;")
            .Close();
    }

    private static void EmitItems(SourceWriter code, DirectTypeModel type, DirectTypes types)
    {
        code.Line("if (!reader.TryStartArray(out bool more)) return false;")
            .Line($"global::TypedChannels.DirectItems<{type.Element}> items = default;")
            .Open("while (more)")
            .Line($"{type.Element} item = default;")
            .Line($"if (!{types.Read(type.Element, "item", takesNull: true)}) return false;")
            .Line("items.Add(item);")
            .Line("if (!reader.TryContinueArray(out more)) return false;")
            .Close()
            .Line($"value = items.{(type.Kind == DirectKind.Array ? "ToArray" : "ToList")}();")
            .Line("return true;");
    }

    private static void EmitDictionary(SourceWriter code, DirectTypeModel type, DirectTypes types)
    {
        code.Line("if (!reader.TryStartObject(out bool more)) return false;")
            .Line($"value = new {type.FullName}();")
            .Open("while (more)")
            .Line($"{type.Element} item = default;")
            .Line("if (!reader.TryReadKey(out string key)) return false;")
            .Line($"if (!{types.Read(type.Element, "item", takesNull: true)}) return false;")
            .Line("if (!value.TryAdd(key, item) || !reader.TryContinueObject(out more)) return false;")
            .Close()
            .Line("return true;");
    }
}
