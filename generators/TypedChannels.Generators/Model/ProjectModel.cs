using System;
using System.Collections.Generic;
using System.Linq;

namespace TypedChannels.Generators;

/// <summary>All that a project's files come from.</summary>
/// <param name="Assembly">What all of them share.</param>
/// <param name="Settings">What the assembly says of its JSON.</param>
/// <param name="Channels">Its <c>[Channel]</c> types, in the order of its source.</param>
/// <param name="Servers">Its <c>[ChannelServer]</c> types.</param>
/// <param name="Clients">Its <c>[ChannelClient]</c> types.</param>
internal sealed record ProjectModel(
    AssemblyModel Assembly,
    JsonSettings Settings,
    EquatableArray<Declared<DeclaredChannel>> Channels,
    EquatableArray<Declared<EndpointDeclaration>> Servers,
    EquatableArray<Declared<EndpointDeclaration>> Clients)
{
    /// <summary>
    /// The simple names of all types from which something is generated, and of the bases that generated classes get: a project may declare
    /// types of the runtime's names itself.
    /// </summary>
    public IEnumerable<string> Names => Channels.Select(c => c.Name)
        .Concat(Servers.SelectMany(s => new[] { s.Name, ServerParser.ConnectionName(s.Name), "Server", "Connection" }))
        .Concat(Clients.SelectMany(c => new[] { c.Name, "Client" }));

    /// <summary>Whether a type has an attribute, well or badly.</summary>
    public bool Has(string attribute, string metadataName) => attribute switch
    {
        KnownSymbols.ChannelAttribute => Channels.Any(c => c.MetadataName == metadataName),
        KnownSymbols.ChannelServerAttribute => Servers.Any(s => s.MetadataName == metadataName),
        _ => Clients.Any(c => c.MetadataName == metadataName),
    };
}

/// <summary>A type with one of the attributes.</summary>
/// <param name="MetadataName">By what it is found again.</param>
/// <param name="Name">Its simple name.</param>
/// <param name="Model">What was made of it; <see langword="null"/>: it has a mistake, and nothing is generated.</param>
internal sealed record Declared<T>(string MetadataName, string Name, T? Model)
    where T : class, IEquatable<T>;
