using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;
using static TypedChannels.Generators.JsonContextEmitter;

namespace TypedChannels.Generators;

/// <summary>Prints the part of the context that one type needs: its property, and the method that makes its metadata.</summary>
internal static class JsonTypeEmitter
{
    private const string Services = Metadata + "JsonMetadataServices.";

    /// <summary>A file: of one type, or of several.</summary>
    public static SourceText Emit(FileModel<JsonTypeSource> file)
    {
        var code = Start(file.Parts[0].Namespace);
        foreach (var source in file.Parts)
            Emit(code, source);
        return code.CloseAll();
    }

    private static void Emit(SourceWriter code, JsonTypeSource source)
    {
        var type = source.Type;
        var info = $"{Metadata}JsonTypeInfo<{type.FullName}>";
        code.Open($"partial class {Identifiers.Escape(source.ContextName)}")
            .Line($"private {info}? __{type.PropertyName};")
            .Line()
            .Line($"/// <summary>How <c>{Escape(type.FullName)}</c> is read and written as JSON.</summary>")
            .Line("#nullable disable annotations")
            .Line($"{(type.IsPublic ? "public" : "internal")} {info} {Identifiers.Escape(type.PropertyName)} =>")
            .Line("#nullable enable annotations")
            .Line($"    __{type.PropertyName} ??= ({info})Options.GetTypeInfo(typeof({type.FullName}));")
            .Line()
            .Open($"private {info} __Create_{type.PropertyName}({Json}JsonSerializerOptions options)");
        if (source.UserContext is { } user)
        {
            code.Line($"{Metadata}IJsonTypeInfoResolver resolver = {user}.Default;")
                .Line($"return ({info})(resolver.GetTypeInfo(typeof({type.FullName}), options)")
                .Line(
                    "    ?? throw new global::System.NotSupportedException("
                    + $"\"{user.Replace("global::", "")} does not know \" + typeof({type.FullName}) + \".\"));")
                .Close()
                .Close();
            return;
        }

        code.Line($"{info}? info = __FromConverters<{type.FullName}>(options);").Open("if (info is null)");
        EmitCreation(code, type);
        // The services have made it strict; without a word of the type's own it is for the options to say.
        if (type.Kind is JsonTypeKind.Object or JsonTypeKind.Array or JsonTypeKind.List or JsonTypeKind.ReadOnlyList
            or JsonTypeKind.Dictionary or JsonTypeKind.Collection)
        {
            var handling = type.NumberHandling is { } value ? $"({Serialization}JsonNumberHandling){value}" : "null";
            code.Line($"info.NumberHandling = {handling};");
        }

        code.Close()
            .Line("info.OriginatingResolver = this;")
            .Line("return info;")
            .Close();
        if (type.Object is { } shape)
            JsonObjectEmitter.EmitMembers(code, type, shape);
        code.Close();
    }

    /// <summary>The call that makes a collection's metadata.</summary>
    /// <param name="type">The collection.</param>
    /// <param name="elementInfo">The metadata of the elements, if they are not those of the context.</param>
    public static string CollectionInfo(JsonTypeModel type, string? elementInfo = null)
    {
        var name = type.FullName;
        var created = type.Kind is JsonTypeKind.List or JsonTypeKind.Dictionary ? name : type.Collection?.Created;
        var values = new List<string>();
        if (created is not null)
            values.Add($"ObjectCreator = static () => new {created}()");
        if (elementInfo is not null)
            values.Add($"ElementInfo = {elementInfo}");
        var info = $"(options, new {Metadata}JsonCollectionInfoValues<{name}>()"
            + (values.Count > 0 ? $" {{ {string.Join(", ", values)} }}" : "");
        return Services + type.Kind switch
        {
            JsonTypeKind.Array => $"CreateArrayInfo<{type.Element}>{info})",
            JsonTypeKind.List => $"CreateListInfo<{name}, {type.Element}>{info})",
            JsonTypeKind.ReadOnlyList => $"CreateIEnumerableInfo<{name}, {type.Element}>{info})",
            JsonTypeKind.Dictionary => $"CreateDictionaryInfo<{name}, string, {type.Element}>{info})",
            _ => $"Create{type.Collection!.Service}Info<{type.Collection.TypeArguments}>{info}"
                + (type.Collection.Factory is { } factory ? $", {factory})" : ")"),
        };
    }

    private static void EmitCreation(SourceWriter code, JsonTypeModel type)
    {
        const string services = Services;
        var name = type.FullName;
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
            case JsonTypeKind.Array or JsonTypeKind.List or JsonTypeKind.ReadOnlyList or JsonTypeKind.Dictionary or JsonTypeKind.Collection:
                code.Line($"info = {CollectionInfo(type)};");
                break;
            case JsonTypeKind.Converted:
                code.Line($"info = {services}CreateValueInfo<{name}>(options, __Expand<{name}>({type.CustomConverter}, options));");
                break;
            default:
                code.Line("// A member's own converter reads and writes it, or the analyzer reports what is wrong with it.")
                    .Line($"info = {services}CreateValueInfo<{name}>(options, {services}GetUnsupportedTypeConverter<{name}>());");
                break;
        }
    }

    private static string Escape(string name) =>
        name.Replace("global::", "").Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
