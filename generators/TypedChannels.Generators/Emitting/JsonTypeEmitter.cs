using static TypedChannels.Generators.JsonContextEmitter;

namespace TypedChannels.Generators;

/// <summary>Prints the part of the context that one type needs: its property, and the method that makes its metadata.</summary>
internal static class JsonTypeEmitter
{
    public static (string HintName, string Source) Emit(JsonTypeSource source)
    {
        var type = source.Type;
        var info = $"{Metadata}JsonTypeInfo<{type.FullName}>";
        var code = Start(source.Namespace);
        code.Open($"partial class {Identifiers.Escape(source.ContextName)}")
            .Line($"private {info}? __{type.PropertyName};")
            .Line()
            .Line($"/// <summary>How <c>{Escape(type.FullName)}</c> is read and written as JSON.</summary>")
            .Line("#nullable disable annotations")
            .Line($"{(type.IsPublic ? "public" : "internal")} {info} {Identifiers.Escape(type.PropertyName)} =>")
            .Line("#nullable enable annotations")
            .Line($"    __{type.PropertyName} ??= ({info})Options.GetTypeInfo(typeof({type.FullName}));")
            .Line()
            .Open($"private {info} __Create_{type.PropertyName}({Json}JsonSerializerOptions options)")
            .Line($"{info}? info = __FromConverters<{type.FullName}>(options);")
            .Open("if (info is null)");
        EmitCreation(code, type);
        code.Close()
            .Line("info.OriginatingResolver = this;")
            .Line("return info;")
            .Close();
        if (type.Object is { } shape)
            JsonObjectEmitter.EmitMembers(code, type, shape);
        code.Close();
        return ($"{source.ContextName}.{type.HintName}.g.cs", code.ToString());
    }

    private static void EmitCreation(SourceWriter code, JsonTypeModel type)
    {
        const string services = Metadata + "JsonMetadataServices.";
        var name = type.FullName;
        var collection = $"new {Metadata}JsonCollectionInfoValues<{name}>()";
        switch (type.Kind)
        {
            case JsonTypeKind.Object:
                JsonObjectEmitter.EmitCreation(code, type, type.Object!);
                break;
            case JsonTypeKind.Value:
                // System.Text.Json's own of these names read a number beyond their range as infinity.
                var isReal = type.Converter is "DoubleConverter" or "SingleConverter" or "HalfConverter";
                var owner = isReal ? "global::TypedChannels.FiniteNumbers." : services;
                code.Line($"info = {services}CreateValueInfo<{name}>(options, {owner}{type.Converter});");
                break;
            case JsonTypeKind.StringEnum:
                code.Line(
                    $"info = {services}CreateValueInfo<{name}>(options, __Expand<{name}>("
                    + $"new {Serialization}JsonStringEnumConverter<{name}>(namingPolicy: null, allowIntegerValues: false), options));");
                break;
            case JsonTypeKind.NumberEnum:
                code.Line($"info = {services}CreateValueInfo<{name}>(options, {services}GetEnumConverter<{name}>(options));");
                break;
            case JsonTypeKind.Nullable:
                code.Line($"info = {services}CreateValueInfo<{name}>(options, {services}GetNullableConverter<{type.Element}>(options));");
                break;
            case JsonTypeKind.Array:
                code.Line($"info = {services}CreateArrayInfo<{type.Element}>(options, {collection});");
                break;
            case JsonTypeKind.List:
                code.Line(
                    $"info = {services}CreateListInfo<{name}, {type.Element}>(options, "
                    + $"{collection} {{ ObjectCreator = static () => new {name}() }});");
                break;
            case JsonTypeKind.ReadOnlyList:
                code.Line($"info = {services}CreateIEnumerableInfo<{name}, {type.Element}>(options, {collection});");
                break;
            case JsonTypeKind.Dictionary:
                code.Line(
                    $"info = {services}CreateDictionaryInfo<{name}, string, {type.Element}>(options, "
                    + $"{collection} {{ ObjectCreator = static () => new {name}() }});");
                break;
            default:
                code.Line("// The analyzer reports what is wrong with this type. Whoever uses it all the same is told at run time.")
                    .Line($"info = {services}CreateValueInfo<{name}>(options, {services}GetUnsupportedTypeConverter<{name}>());");
                break;
        }
    }

    private static string Escape(string name) =>
        name.Replace("global::", "").Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
