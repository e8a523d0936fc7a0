using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Reads <c>Contracts = [typeof(X), …]</c>, and what the assemblies of those types declare.</summary>
internal static class ContractReferences
{
    public const string Contracts = nameof(Contracts);

    public static (bool Own, EquatableArray<ChannelModel> Others) Parse(
        AttributeData attribute, Compilation compilation, Report? report, CancellationToken cancellation)
    {
        var types = Types(attribute);
        if (types.IsEmpty)
            return (true, new([]));

        var own = false;
        var others = new List<ChannelModel>();
        var seen = new HashSet<IAssemblySymbol>(SymbolEqualityComparer.Default);
        for (var i = 0; i < types.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (AssemblyOf(types[i]) is not { } assembly)
                continue;
            if (SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly))
            {
                own = true;
                continue;
            }
            if (!seen.Add(assembly))
                continue;
            var channels = Read(assembly, compilation, cancellation);
            if (channels is null or { Count: 0 })
                report?.Invoke("TCH0013", AttributeSpans.Listed(attribute, Contracts, i, cancellation), assembly.Name);
            else
                others.AddRange(channels);
        }
        return (own, new(others));
    }

    /// <summary>
    /// Reports a contract that is the project's own, by name or for lack of any other, where the project declares no channel.
    /// </summary>
    public static void CheckOwn(
        AttributeData attribute, Compilation compilation, Func<bool> declaresChannels, Report report, CancellationToken cancellation)
    {
        // A list that does not compile is the compiler's to report.
        if (attribute.NamedArguments.Any(a => a.Key == Contracts && a.Value.Kind == TypedConstantKind.Error))
            return;
        var types = Types(attribute);
        var index = types.IndexOf(types.FirstOrDefault(
            t => AssemblyOf(t) is { } assembly && SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly)));
        if ((!types.IsEmpty && index < 0) || declaresChannels())
            return;
        var location = types.IsEmpty
            ? AttributeSpans.Argument(attribute, Contracts, cancellation)
            : AttributeSpans.Listed(attribute, Contracts, index, cancellation);
        report("TCH0013", location, compilation.AssemblyName);
    }

    /// <summary>Whether any type of the assembly that is being compiled has <c>[Channel]</c>, well or badly.</summary>
    public static bool DeclaresChannels(Compilation compilation) =>
        Types(compilation.Assembly.GlobalNamespace).Any(type => type.FindAttribute(KnownSymbols.ChannelAttribute) is not null);

    /// <summary>Every type of a namespace or type, however deep.</summary>
    public static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol scope) =>
        scope.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));

    private static ImmutableArray<TypedConstant> Types(AttributeData attribute) =>
        attribute.Property(Contracts) is { Kind: TypedConstantKind.Array, IsNull: false, Values: { IsDefault: false } types }
            ? types
            : ImmutableArray<TypedConstant>.Empty;

    private static IAssemblySymbol? AssemblyOf(TypedConstant listed)
    {
        var type = listed.Value as ITypeSymbol;
        while (type is IArrayTypeSymbol array)
            type = array.ElementType;
        return type is IErrorTypeSymbol ? null : type?.ContainingAssembly;
    }

    private static List<ChannelModel>? Read(IAssemblySymbol assembly, Compilation compilation, CancellationToken cancellation)
    {
        if (assembly.FindAttribute(KnownSymbols.ChannelContractAttribute)?.ConstructorArguments is not { Length: 3 } list
            || list[0].Value is not KnownSymbols.ContractVersion
            || list[1].Value is not INamedTypeSymbol descriptors
            || list[2] is not { Kind: TypedConstantKind.Array, IsNull: false } records)
        {
            return null;
        }
        var channels = new List<ChannelModel>();
        foreach (var record in records.Values.Select(v => v.Value).OfType<INamedTypeSymbol>())
        {
            // Internal records of another assembly are ours only by InternalsVisibleTo.
            if (record.FindAttribute(KnownSymbols.ChannelAttribute) is { } attribute
                && (record.IsPublic() || compilation.IsSymbolAccessibleWithin(record, compilation.Assembly))
                && ChannelParser.Parse(record, attribute, descriptors.FullName(), report: null, cancellation) is { } channel)
            {
                channels.Add(channel);
            }
        }
        return channels;
    }
}
