using System.Linq;
using System.Text;
using static TypedChannels.Generators.JsonContextEmitter;

namespace TypedChannels.Generators;

/// <summary>Prints what a JSON object needs: how it is made, its members, its constructor's parameters.</summary>
internal static class JsonObjectEmitter
{
    public static void EmitCreation(SourceWriter code, JsonTypeModel type, JsonObjectModel shape)
    {
        code.Open(
            $"info = {Metadata}JsonMetadataServices.CreateObjectInfo<{type.FullName}>"
            + $"(options, new {Metadata}JsonObjectInfoValues<{type.FullName}>()");
        if (!shape.IsCreatable)
        {
            code.Line("// One of the derived types is created.");
        }
        else if (shape.Parameters.Count == 0)
        {
            code.Line($"ObjectCreator = static () => new {type.FullName}(),");
        }
        else
        {
            code.Line($"ObjectWithParameterizedConstructorCreator = static args => {Creation(type, shape)},")
                .Line($"ConstructorParameterMetadataInitializer = __Parameters_{type.PropertyName},");
        }

        code.Line($"PropertyMetadataInitializer = _ => __Members_{type.PropertyName}(options),")
            .Close("});");
        if (shape.UnmappedMembers is { } unmapped)
            code.Line($"info.UnmappedMemberHandling = ({Serialization}JsonUnmappedMemberHandling){unmapped};");
        if (shape.CreationHandling is { } creation)
            code.Line($"info.PreferredPropertyObjectCreationHandling = ({Serialization}JsonObjectCreationHandling){creation};");
    }

    public static void EmitMembers(SourceWriter code, JsonTypeModel type, JsonObjectModel shape)
    {
        code.Line()
            .Open($"private static {Metadata}JsonPropertyInfo[] __Members_{type.PropertyName}({Json}JsonSerializerOptions options)")
            .Line($"{Metadata}JsonPropertyInfo[] members = new {Metadata}JsonPropertyInfo[{shape.Properties.Count}];");
        for (var i = 0; i < shape.Properties.Count; i++)
            EmitMember(code, shape, shape.Properties[i], i);
        code.Line("return members;").Close();

        if (shape.Parameters.Count == 0)
            return;
        code.Line().Open(
            $"private static {Metadata}JsonParameterInfoValues[] __Parameters_{type.PropertyName}() => "
            + $"new {Metadata}JsonParameterInfoValues[]");
        for (var i = 0; i < shape.Parameters.Count; i++)
            EmitParameter(code, shape.Parameters[i], i);
        code.Close("};");
    }

    private static string Creation(JsonTypeModel type, JsonObjectModel shape)
    {
        var creation = new StringBuilder("new ").Append(type.FullName).Append('(')
            .Append(string.Join(", ", shape.Parameters.Take(shape.ConstructorParameterCount).Select((p, i) => Argument(p.Type, i))))
            .Append(')');
        if (shape.Initializers.Count > 0)
        {
            var set = shape.Initializers.Select(m => $"{Identifiers.Escape(m.Member)} = {Argument(m.Type, m.ParameterIndex)}");
            creation.Append(" { ").Append(string.Join(", ", set)).Append(" }");
        }
        return creation.ToString();

        static string Argument(string type, int index) => $"({type})args[{index}]";
    }

    private static void EmitMember(SourceWriter code, JsonObjectModel shape, JsonPropertyModel member, int index)
    {
        var name = Identifiers.Escape(member.Name);
        code.Line()
            .Open(
                $"members[{index}] = {Metadata}JsonMetadataServices.CreatePropertyInfo<{member.Type}>"
                + $"(options, new {Metadata}JsonPropertyInfoValues<{member.Type}>()")
            .Line($"IsProperty = {(member.IsField ? "false" : "true")},")
            .Line("IsPublic = true,");
        if (member.IsVirtual)
            code.Line("IsVirtual = true,");
        code.Line($"DeclaringType = typeof({member.DeclaringType}),")
            .Line($"PropertyName = {Literals.Quote(member.Name)},")
            .Line($"JsonPropertyName = {Literals.Quote(member.JsonName)},");
        if (member.IsIncluded)
            code.Line("HasJsonInclude = true,");
        if (member.IsExtensionData)
            code.Line("IsExtensionData = true,");
        if (member.NumberHandling is { } handling)
            code.Line($"NumberHandling = ({Serialization}JsonNumberHandling){handling},");
        if (member.Converter is { } converter)
            code.Line($"Converter = {Expanded(member, converter)},");
        if (member.Numbers is { } numbers)
            code.Line($"PropertyTypeInfo = {JsonTypeEmitter.CollectionInfo(numbers.Collection, ElementInfo(numbers))},");
        if (member.Ignore is { } ignore)
            code.Line($"IgnoreCondition = {Serialization}JsonIgnoreCondition.{ignore},");
        if (member.Ignore != JsonIgnoreKind.Always)
        {
            if (member.HasGetter)
                code.Line($"Getter = static instance => (({member.DeclaringType})instance).{name},");
            if (member.Setter == JsonSetterKind.Set && shape.IsValueType)
                code.Line(
                    "Setter = static (instance, value) => "
                    + $"global::System.Runtime.CompilerServices.Unsafe.Unbox<{member.DeclaringType}>(instance).{name} = value!,");
            else if (member.Setter == JsonSetterKind.Set)
                code.Line($"Setter = static (instance, value) => (({member.DeclaringType})instance).{name} = value!,");
            else if (member.Setter == JsonSetterKind.Init)
                code.Line(
                    "Setter = static (instance, value) => "
                    + "throw new global::System.InvalidOperationException(\"An init-only member is set when the object is created.\"),");
        }

        code.Close("});");
        if (member.CreationHandling is { } creation)
            code.Line($"members[{index}].ObjectCreationHandling = ({Serialization}JsonObjectCreationHandling){creation};");
        if (member.IsRequired)
            code.Line($"members[{index}].IsRequired = true;");
        if (member.GetterIsNonNullable)
            code.Line($"members[{index}].IsGetNullable = false;");
        if (member.SetterIsNonNullable)
            code.Line($"members[{index}].IsSetNullable = false;");
        if (member.Order != 0)
            code.Line($"members[{index}].Order = {member.Order.ToString(System.Globalization.CultureInfo.InvariantCulture)};");
    }

    private static string Expanded(JsonPropertyModel member, string converter) => member.NullableOf is { } underlying
        ? $"__ExpandNullable<{underlying}>({converter}, options)"
        : $"({Serialization}JsonConverter<{member.Type}>)__Expand<{member.Type}>({converter}, options)";

    private static string ElementInfo(JsonNumbersModel numbers)
    {
        var converter = numbers.NullableOf is { } underlying
            ? $"__ExpandNullable<{underlying}>({numbers.Converter}, options)"
            : numbers.Converter;
        return $"{Metadata}JsonMetadataServices.CreateValueInfo<{numbers.Collection.Element}>(options, {converter})";
    }

    private static void EmitParameter(SourceWriter code, JsonParameterModel parameter, int index)
    {
        code.Open($"new {Metadata}JsonParameterInfoValues()")
            .Line($"Name = {Literals.Quote(parameter.Name)},")
            .Line($"ParameterType = typeof({parameter.Type}),")
            .Line($"Position = {index},");
        if (parameter.DefaultValue is { } value)
            code.Line("HasDefaultValue = true,").Line($"DefaultValue = {value},");
        code.Line($"IsNullable = {(parameter.IsNullable ? "true" : "false")},");
        if (parameter.IsInitializer)
            code.Line("IsMemberInitializer = true,");
        code.Close("},");
    }
}
