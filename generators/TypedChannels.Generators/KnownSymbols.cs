using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>The names of the types that the generator and the analyzers look up or print.</summary>
internal static class KnownSymbols
{
    public const string ChannelAttribute = "TypedChannels.ChannelAttribute";
    public const string ChannelServerAttribute = "TypedChannels.ChannelServerAttribute`1";
    public const string ChannelClientAttribute = "TypedChannels.ChannelClientAttribute";
    public const string ChannelJsonAttribute = "TypedChannels.ChannelJsonAttribute";
    public const string ChannelContractAttribute = "TypedChannels.ChannelContractAttribute";

    public const string ChannelHandler = "TypedChannels.ChannelHandler`1";
    public const string ServerChannelHandler = "TypedChannels.ChannelHandler`2";
    public const string Server = "TypedChannels.Server`2";
    public const string Connection = "TypedChannels.Connection`1";
    public const string Client = "TypedChannels.Client";
    public const string ServerOptions = "TypedChannels.ServerOptions";
    public const string ServiceProvider = "System.IServiceProvider";
    public const string KeyedServiceProvider = "Microsoft.Extensions.DependencyInjection.IKeyedServiceProvider";
    public const string FromKeyedServicesAttribute = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";

    /// <summary>What generated members carry in their <c>GeneratedCode</c>, and the parser knows them by.</summary>
    public const string Tool = "TypedChannels.Generators";
    public const string ToolVersion = "0.1.0";

    /// <summary>The version of the <c>ChannelContract</c> convention that is written and read.</summary>
    public const int ContractVersion = 1;

    /// <summary>The version of the manifest's format.</summary>
    public const int ManifestVersion = 1;

    /// <summary>Whether a type is the one of that metadata name, whatever its type arguments.</summary>
    public static bool Is(this ITypeSymbol? type, string metadataName)
    {
        if (type is not INamedTypeSymbol { ContainingType: null, OriginalDefinition: var definition })
            return false;
        var dot = metadataName.LastIndexOf('.');
        return definition.MetadataName.Length == metadataName.Length - dot - 1
            && metadataName.EndsWith(definition.MetadataName, System.StringComparison.Ordinal)
            && definition.ContainingNamespace?.ToDisplayString() == metadataName.Substring(0, dot);
    }
}
