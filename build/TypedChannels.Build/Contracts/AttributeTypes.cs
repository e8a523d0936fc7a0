using System;
using System.Reflection.Metadata;

namespace TypedChannels.Build;

/// <summary>Decodes the arguments of attributes; types are their names, as they stand in the attribute.</summary>
internal sealed class AttributeTypes : ICustomAttributeTypeProvider<string>
{
    public static readonly AttributeTypes Instance = new();

    /// <summary>The full name of an attribute's class, with the number of its type parameters.</summary>
    public static string NameOf(MetadataReader metadata, CustomAttribute attribute)
    {
        var type = attribute.Constructor.Kind == HandleKind.MemberReference
            ? metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent
            : metadata.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType();
        if (type.Kind == HandleKind.TypeSpecification)
        {
            // ECMA-335 II.23.2.14: GENERICINST, then CLASS or VALUETYPE, then the type.
            var signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)type).Signature);
            if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                return "";
            signature.ReadCompressedInteger();
            type = signature.ReadTypeHandle();
        }
        if (type.Kind == HandleKind.TypeReference)
        {
            var reference = metadata.GetTypeReference((TypeReferenceHandle)type);
            return metadata.GetString(reference.Namespace) + "." + metadata.GetString(reference.Name);
        }
        if (type.Kind != HandleKind.TypeDefinition)
            return "";
        var definition = metadata.GetTypeDefinition((TypeDefinitionHandle)type);
        return metadata.GetString(definition.Namespace) + "." + metadata.GetString(definition.Name);
    }

    /// <summary>The assembly in a type's name, <c>Box`1[[System.Int32, System]], App, Version=…</c>; null: its own.</summary>
    public static string? AssemblyOf(string typeName)
    {
        var depth = 0;
        for (var i = 0; i < typeName.Length; i++)
        {
            depth += typeName[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (typeName[i] == '\\')
                i++;
            else if (depth == 0 && typeName[i] == ',')
                return typeName.Substring(i + 1).Split(',')[0].Trim();
        }
        return null;
    }

    public string GetTypeFromSerializedName(string name) => name;

    public string GetSystemType() => "System.Type";

    public bool IsSystemType(string type) => type == "System.Type";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeDefinition(handle);
        return reader.GetString(type.Namespace) + "." + reader.GetString(type.Name);
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        return reader.GetString(type.Namespace) + "." + reader.GetString(type.Name);
    }
}
