using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace TypedChannels.Build;

/// <summary>A client to write.</summary>
/// <param name="Name">The name of its class and its files.</param>
/// <param name="Of">What it was made of, for the first line of its files.</param>
/// <param name="Channels">Its channels, in the order of their names.</param>
/// <param name="Types">The types by their ids.</param>
internal sealed record ClientModel(
    string Name, string Of, IReadOnlyList<ContractChannel> Channels, IReadOnlyDictionary<string, ContractType> Types);

/// <summary>Finds the clients that a build writes: those of the project itself, or else those of the projects that it references.</summary>
internal sealed class ClientFinder(string assembly, IReadOnlyList<string> references)
{
    private readonly Dictionary<string, ContractAssembly?> _read = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="name">The name of the client of the project's own contract, where the user gave one.</param>
    public IReadOnlyList<ClientModel> Find(string? name)
    {
        if (!string.IsNullOrEmpty(name) && !Identifiers.IsName(name!))
        {
            throw new BuildErrorException(
                BuildErrorException.NoName,
                $"'{name}' is no name for a client: TypedChannelsTypeScriptClient names a class and its files, as ChatClient does.");
        }
        var own = Read(assembly) ?? throw new BuildErrorException(BuildErrorException.NothingFound, $"'{assembly}' is no .NET assembly.");
        if (!string.IsNullOrEmpty(name))
            return [Make(name!, own.Name, own, [own.Name])];

        var found = own.Endpoints.Select(endpoint => (Endpoint: endpoint, Assembly: own)).ToList();
        if (found.Count == 0)
            found = [.. references.Select(Read).OfType<ContractAssembly>().SelectMany(a => a.Endpoints.Select(endpoint => (endpoint, a)))];
        if (found.Count == 0)
        {
            throw new BuildErrorException(BuildErrorException.NothingFound, own.HasContract
                ? $"'{own.Name}' declares channels, but neither it nor a project that it references has a class with [ChannelServer] or "
                    + "[ChannelClient]; name the client: <TypedChannelsTypeScriptClient>ChatClient</TypedChannelsTypeScriptClient>."
                : $"Neither '{own.Name}' nor a project that it references has a class with [ChannelServer] or [ChannelClient].");
        }
        return [.. found.GroupBy(f => ClientName(f.Endpoint), StringComparer.OrdinalIgnoreCase).Select(same => Make(same.Key, [.. same]))];
    }

    /// <summary><c>ChatServer</c> has a <c>ChatClient</c>.</summary>
    public static string ClientName(Endpoint endpoint)
    {
        const string suffix = "Server";
        if (!endpoint.IsServer)
            return Identifiers.IsReserved(endpoint.Name) ? endpoint.Name + "_" : endpoint.Name;
        var isSuffixed = endpoint.Name.EndsWith(suffix, StringComparison.Ordinal);
        return endpoint.Name.Substring(0, endpoint.Name.Length - (isSuffixed ? suffix.Length : 0)) + "Client";
    }

    private ClientModel Make(string name, List<(Endpoint Endpoint, ContractAssembly Assembly)> same)
    {
        // A client that says itself which channels it speaks comes before the one that a server implies.
        var candidates = same.Any(s => !s.Endpoint.IsServer) ? same.FindAll(s => !s.Endpoint.IsServer) : same;
        if (candidates.Count > 1)
        {
            var rivals = string.Join(" and ", candidates.Select(c => $"'{c.Endpoint.FullName}'"));
            throw new BuildErrorException(BuildErrorException.SameName, $"{rivals} would both be written as {name}.js; rename one.");
        }
        var (endpoint, assembly) = candidates[0];
        return Make(name, endpoint.FullName, assembly, endpoint.Contracts);
    }

    private ClientModel Make(string name, string of, ContractAssembly owner, IReadOnlyList<string> contracts)
    {
        var channels = new List<ContractChannel>();
        var types = new Dictionary<string, ContractType>(StringComparer.Ordinal);
        foreach (var contractName in contracts)
        {
            var source = contractName == owner.Name
                ? owner
                : references.Where(r => NameOf(r) == contractName).Select(Read).FirstOrDefault();
            var contract = ReadContract(contractName, source);
            var isFriend = source == owner || source!.Friends.Contains(owner.Name);
            channels.AddRange(contract.Channels.Where(channel => channel.IsPublic || isFriend));
            foreach (var type in contract.Types.Values)
                Add(types, type);
        }
        if (channels.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new BuildErrorException(BuildErrorException.Inexpressible, $"'{of}' speaks two channels called '{twice.Key}'.");
        return new(name, of, [.. channels.OrderBy(c => c.Name, StringComparer.Ordinal)], types);
    }

    private static Contract ReadContract(string name, ContractAssembly? source)
    {
        if (source is { Manifest: { } json, ManifestVersion: ManifestReader.Version })
            return ManifestReader.Read(name, json);
        throw new BuildErrorException(BuildErrorException.NoManifest, source switch
        {
            null => $"The assembly '{name}', whose channels are spoken, is not among the references.",
            { HasContract: false } => $"'{name}' declares no channels.",
            _ => $"'{name}' was built with a version of TypedChannels whose contracts this one does not read; build it with this one.",
        });
    }

    /// <summary>Two contracts may contain one type, and write it alike, unless their JSON settings differ.</summary>
    private static void Add(Dictionary<string, ContractType> types, ContractType type)
    {
        if (!types.TryGetValue(type.Id, out var known) || (known.Signature == type.Signature && known.Doc is null))
            types[type.Id] = type;
        else if (known.Signature != type.Signature)
        {
            throw new BuildErrorException(
                BuildErrorException.Inexpressible,
                $"'{type.Id}' has two forms of JSON, since the contracts that it belongs to have different settings (ChannelJson).");
        }
    }

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);

    private ContractAssembly? Read(string path)
    {
        if (!_read.TryGetValue(path, out var read))
            _read.Add(path, read = File.Exists(path) ? ContractAssembly.Read(path) : null);
        return read;
    }
}
