using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace TypedChannels.Build;

/// <summary>A server or client class of an assembly.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="FullName">Its full name.</param>
/// <param name="IsServer">Which of the two.</param>
/// <param name="Contracts">The names of the assemblies whose channels it speaks.</param>
internal sealed record Endpoint(string Name, string FullName, bool IsServer, IReadOnlyList<string> Contracts);

/// <summary>What a compiled assembly says of channels. It is read as a file, never loaded: no code of it runs.</summary>
internal sealed class ContractAssembly
{
    private const string Namespace = "TypedChannels";

    private ContractAssembly(string name) => Name = name;

    public string Name { get; }

    /// <summary>Its manifest, if it declares channels.</summary>
    public string? Manifest { get; private set; }

    /// <summary>The version of the manifest's format.</summary>
    public int ManifestVersion { get; private set; }

    /// <summary>Whether it declares channels, of whatever version.</summary>
    public bool HasContract { get; private set; }

    public IReadOnlyList<Endpoint> Endpoints { get; private set; } = [];

    /// <summary>The assemblies that see its internal types.</summary>
    public IReadOnlyList<string> Friends { get; private set; } = [];

    /// <summary>The assembly at the path; null if the file is no .NET assembly.</summary>
    public static ContractAssembly? Read(string path)
    {
        using var file = File.OpenRead(path);
        using var image = new PEReader(file);
        if (!image.HasMetadata)
            return null;
        var metadata = image.GetMetadataReader();
        return metadata.IsAssembly ? Read(metadata) : null;
    }

    private static ContractAssembly Read(MetadataReader metadata)
    {
        var definition = metadata.GetAssemblyDefinition();
        var assembly = new ContractAssembly(metadata.GetString(definition.Name));
        var friends = new List<string>();
        foreach (var attribute in Attributes(metadata, definition.GetCustomAttributes()))
        {
            switch (attribute.Name)
            {
                case "TypedChannels.ChannelManifestAttribute":
                    var arguments = attribute.Value.DecodeValue(AttributeTypes.Instance).FixedArguments;
                    (assembly.ManifestVersion, assembly.Manifest) = ((int)arguments[0].Value!, (string?)arguments[1].Value);
                    break;
                case "TypedChannels.ChannelContractAttribute":
                    assembly.HasContract = true;
                    break;
                case "System.Runtime.CompilerServices.InternalsVisibleToAttribute":
                    var friend = (string)attribute.Value.DecodeValue(AttributeTypes.Instance).FixedArguments[0].Value!;
                    friends.Add(friend.Split(',')[0].Trim());
                    break;
            }
        }
        assembly.Friends = friends;
        // Only what references the attributes can carry them.
        var references = metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name));
        if (references.Any(name => name.StartsWith(Namespace, StringComparison.Ordinal)))
        {
            assembly.Endpoints =
                [.. metadata.TypeDefinitions.Select(type => ReadEndpoint(metadata, type, assembly.Name)).OfType<Endpoint>()];
        }
        return assembly;
    }

    private static Endpoint? ReadEndpoint(MetadataReader metadata, TypeDefinitionHandle handle, string assembly)
    {
        var type = metadata.GetTypeDefinition(handle);
        foreach (var attribute in Attributes(metadata, type.GetCustomAttributes()))
        {
            if (attribute.Name is not ("TypedChannels.ChannelServerAttribute`1" or "TypedChannels.ChannelClientAttribute"))
                continue;
            var arguments = attribute.Value.DecodeValue(AttributeTypes.Instance).NamedArguments;
            var named = arguments.FirstOrDefault(a => a.Name == "Contracts").Value;
            var contracts = named is IEnumerable<CustomAttributeTypedArgument<string>> types
                ? types.Select(t => AttributeTypes.AssemblyOf((string)t.Value!) ?? assembly).Distinct(StringComparer.Ordinal).ToList()
                : [];
            return new(
                metadata.GetString(type.Name), FullName(metadata, type), attribute.Name.EndsWith("`1", StringComparison.Ordinal),
                contracts.Count > 0 ? contracts : [assembly]);
        }
        return null;
    }

    private static string FullName(MetadataReader metadata, TypeDefinition type)
    {
        var outer = type.GetDeclaringType();
        var scope = outer.IsNil ? metadata.GetString(type.Namespace) : FullName(metadata, metadata.GetTypeDefinition(outer));
        return (scope.Length > 0 ? scope + "." : "") + metadata.GetString(type.Name);
    }

    private static IEnumerable<(string Name, CustomAttribute Value)> Attributes(
        MetadataReader metadata, CustomAttributeHandleCollection handles) =>
        handles.Select(metadata.GetCustomAttribute).Select(attribute => (AttributeTypes.NameOf(metadata, attribute), attribute));
}
