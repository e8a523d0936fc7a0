using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using TypedChannels.Generators;

namespace TypedChannels.Analyzers;

/// <summary>What a class of the project sends and receives, for those who meet its objects. Read when first asked for.</summary>
internal sealed class Contracts(Compilation compilation)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, EndpointModel?> _models = new(SymbolEqualityComparer.Default);
    private readonly Lazy<ContractModel> _own = new(() => ReadOwn(compilation));

    /// <summary>The server of a connection, or the server or client itself; <see langword="null"/> where the type does not say.</summary>
    public static INamedTypeSymbol? EndpointOf(ITypeSymbol? type)
    {
        for (var t = type as INamedTypeSymbol; t is not null; t = t.BaseType)
        {
            if (Attribute(t) is not null)
                return t;
            if (t.BaseType.Is(KnownSymbols.Connection))
            {
                return t.InstanceConstructors.SelectMany(c => c.Parameters.Take(1)).Select(p => p.Type).OfType<INamedTypeSymbol>()
                    .FirstOrDefault(server => Attribute(server) is not null);
            }
        }
        return null;
    }

    /// <summary>The channels of a class that <see cref="EndpointOf"/> has found.</summary>
    public EndpointModel? Of(INamedTypeSymbol endpoint, CancellationToken cancellation) => _models.GetOrAdd(endpoint, type =>
    {
        var attribute = Attribute(type)!;
        var declared = attribute.AttributeClass.Is(KnownSymbols.ChannelClientAttribute)
            ? EndpointParser.ParseClient(type, attribute, compilation, report: null, cancellation)
            : ServerParser.Parse(type, attribute, compilation, report: null, cancellation);
        return declared is null ? null : EndpointBuilder.Build(declared, _own.Value, conflict: null, collision: null);
    });

    private static AttributeData? Attribute(INamedTypeSymbol type) =>
        type.FindAttribute(KnownSymbols.ChannelServerAttribute) ?? type.FindAttribute(KnownSymbols.ChannelClientAttribute);

    private static ContractModel ReadOwn(Compilation compilation)
    {
        var descriptors = AssemblyParser.Descriptors(compilation);
        var channels = new List<ChannelModel>();
        foreach (var type in ContractReferences.Types(compilation.Assembly.GlobalNamespace))
        {
            if (type.FindAttribute(KnownSymbols.ChannelAttribute) is { } attribute
                && ChannelParser.Parse(type, attribute, descriptors, report: null, CancellationToken.None) is { } channel)
            {
                channels.Add(channel);
            }
        }
        return ContractBuilder.Build(channels, report: null);
    }
}
