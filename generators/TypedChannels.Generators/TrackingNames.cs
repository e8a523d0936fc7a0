namespace TypedChannels.Generators;

/// <summary>The pipeline's steps by name, so that a test can ask which of them an edit ran again.</summary>
internal static class TrackingNames
{
    public const string Snapshot = nameof(Snapshot);
    public const string Project = nameof(Project);
    public const string Assembly = nameof(Assembly);
    public const string RootNamespace = nameof(RootNamespace);
    public const string DeclaredChannels = nameof(DeclaredChannels);
    public const string Contract = nameof(Contract);
    public const string Descriptors = nameof(Descriptors);
    public const string DirectCodecs = nameof(DirectCodecs);
    public const string ContractList = nameof(ContractList);
    public const string Manifest = nameof(Manifest);
    public const string JsonTypes = nameof(JsonTypes);
    public const string JsonContext = nameof(JsonContext);
    public const string DeclaredServers = nameof(DeclaredServers);
    public const string DeclaredClients = nameof(DeclaredClients);
    public const string ClashingNames = nameof(ClashingNames);
    public const string Servers = nameof(Servers);
    public const string Clients = nameof(Clients);
}
