using System;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TypedChannels.Generators;

/// <summary>The pipeline: finds the declarations, has them parsed into models, has the models printed.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ChannelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var rootNamespace = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var name) ? name : null)
            .WithTrackingName(TrackingNames.RootNamespace);
        // What an edit does not change ends here: see SnapshotComparer.
        var project = context.CompilationProvider.Combine(rootNamespace)
            .Select(static (found, _) => new Snapshot(found.Left, found.Right))
            .WithComparer(SnapshotComparer.Instance)
            .WithTrackingName(TrackingNames.Snapshot)
            .Select(static (snapshot, cancellation) => snapshot.Parse(cancellation))
            .WithTrackingName(TrackingNames.Project);
        var assembly = project.Select(static (found, _) => found.Assembly).WithTrackingName(TrackingNames.Assembly);

        var declared = Usable(project, static found => found.Channels, TrackingNames.DeclaredChannels);
        var contract = declared.Select(static (found, _) => found.Channel).Collect()
            .Select(static (channels, _) => ContractBuilder.Build(channels, report: null))
            .WithTrackingName(TrackingNames.Contract);

        // Each descriptor hangs on its own declaration, so that another channel leaves its file alone.
        var descriptors = declared.Combine(contract).Combine(assembly)
            .Select(static (found, _) => ContractBuilder.Describe(found.Left.Left, found.Left.Right, found.Right))
            .Where(static descriptor => descriptor is not null).Select(static (descriptor, _) => descriptor!)
            .Collect()
            .SelectMany(static (all, _) => Files.Of("Channel", all, part => part.HintName))
            .WithTrackingName(TrackingNames.Descriptors);
        context.RegisterSourceOutput(descriptors, static (output, file) =>
            output.AddSource(file.HintName, Files.Print(file, DescriptorEmitter.Emit)));

        var codecs = declared.Combine(contract).Combine(assembly)
            .Select(static (found, _) => ContractBuilder.DescribeCodec(found.Left.Left, found.Left.Right, found.Right))
            .Where(static codec => codec is not null).Select(static (codec, _) => codec!)
            .Collect()
            .SelectMany(static (all, _) => Files.Of("Codec", all, part => part.HintName))
            .WithTrackingName(TrackingNames.DirectCodecs);
        context.RegisterSourceOutput(codecs, static (output, file) =>
            output.AddSource(file.HintName, Files.Print(file, DirectCodecEmitter.Emit)));

        var contractList = contract.Combine(assembly).WithTrackingName(TrackingNames.ContractList);
        context.RegisterSourceOutput(contractList, static (output, found) =>
        {
            if (found.Left.Channels.Count > 0)
                output.AddSource("ChannelContract.g.cs", DescriptorEmitter.EmitList(found.Left, found.Right));
        });

        var manifest = declared.Select(static (found, _) => (found.Channel.Record, found.Manifest)).Collect().Combine(contract)
            .Select(static (found, _) => ManifestBuilder.Build(found.Left, found.Right))
            .WithTrackingName(TrackingNames.Manifest);
        context.RegisterSourceOutput(manifest, static (output, found) =>
        {
            if (found.Channels.Count > 0)
                output.AddSource("ChannelManifest.g.cs", ManifestEmitter.Emit(found));
        });

        var jsonContext = declared.Select(static (found, _) => (found.Channel.Record, found.Graph)).Collect().Combine(assembly)
            .Select(static (found, _) => JsonContextBuilder.Merge(
                // Not in the order of files, which must not show.
                found.Left.OrderBy(c => c.Record, StringComparer.Ordinal).Select(c => c.Graph),
                found.Right.ContextNamespace,
                found.Right.ContextName))
            .WithTrackingName(TrackingNames.JsonContext);
        context.RegisterSourceOutput(jsonContext, static (output, json) =>
        {
            if (json.Types.Count > 0)
                Add(output, JsonContextEmitter.EmitContext(json));
        });
        // A file for each type, so that a further channel leaves those of the others as they are.
        var jsonTypes = jsonContext
            .SelectMany(static (json, _) => Files.Of(HintNames.ForContext(json.Name), json.Sources.ToList(), part => part.HintName))
            .WithTrackingName(TrackingNames.JsonTypes);
        context.RegisterSourceOutput(jsonTypes, static (output, file) =>
            output.AddSource(file.HintName, JsonTypeEmitter.Emit(file)));

        var servers = Usable(project, static found => found.Servers, TrackingNames.DeclaredServers);
        var clients = Usable(project, static found => found.Clients, TrackingNames.DeclaredClients);
        var clashing = servers.Select(static (server, _) => server.Type.FullName).Collect()
            .Combine(clients.Select(static (client, _) => client.Type.FullName).Collect())
            .Select(static (names, _) => HintNames.Clashing(names.Left.Concat(names.Right)))
            .WithTrackingName(TrackingNames.ClashingNames);

        var servedChannels = Complete(servers, contract).Combine(clashing).WithTrackingName(TrackingNames.Servers);
        context.RegisterSourceOutput(servedChannels, static (output, found) =>
        {
            var (endpoint, server) = (found.Left, found.Left.Server!);
            output.AddSource(HintNames.For("Server", endpoint.Type.FullName, found.Right), ServerEmitter.Emit(endpoint, server));
            output.AddSource(HintNames.For("Connection", endpoint.Type.FullName, found.Right), ConnectionEmitter.Emit(endpoint, server));
        });

        var clientChannels = Complete(clients, contract).Combine(clashing).WithTrackingName(TrackingNames.Clients);
        context.RegisterSourceOutput(clientChannels, static (output, found) =>
            output.AddSource(HintNames.For("Client", found.Left.Type.FullName, found.Right), ClientEmitter.Emit(found.Left)));
    }

    private static void Add(SourceProductionContext output, (string HintName, string Source) file) =>
        output.AddSource(file.HintName, SourceText.From(file.Source, Encoding.UTF8));

    private static IncrementalValuesProvider<T> Usable<T>(
        IncrementalValueProvider<ProjectModel> project, Func<ProjectModel, EquatableArray<Declared<T>>> all, string trackingName)
        where T : class, IEquatable<T> =>
        project.SelectMany((found, _) => all(found).Select(declared => declared.Model).OfType<T>()).WithTrackingName(trackingName);

    private static IncrementalValuesProvider<EndpointModel> Complete(
        IncrementalValuesProvider<EndpointDeclaration> declared, IncrementalValueProvider<ContractModel> contract) =>
        declared.Combine(contract).Select(
            static (found, _) => EndpointBuilder.Build(found.Left, found.Right, conflict: null, collision: null));
}
