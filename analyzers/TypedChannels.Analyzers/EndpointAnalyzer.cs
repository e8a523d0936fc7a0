using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedChannels.Generators;

namespace TypedChannels.Analyzers;

/// <summary>Diagnoses <c>[ChannelServer]</c> and <c>[ChannelClient]</c> classes, alone and with the channels they get.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndpointAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Rules.DuplicateName, Rules.Collision, Rules.NotPartial, Rules.UnusableClass, Rules.UnmadeProps, Rules.NoChannels,
        Rules.MissingPackage, Rules.HiddenProps, Rules.NamesDifferInCase);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var channels = new ConcurrentQueue<ChannelModel>();
            var endpoints = new ConcurrentQueue<Endpoint>();
            var descriptors = AssemblyParser.Descriptors(start.Compilation);
            var declaresChannels = new Lazy<bool>(() => ContractReferences.DeclaresChannels(start.Compilation));
            start.RegisterSymbolAction(
                symbol =>
                {
                    var type = (INamedTypeSymbol)symbol.Symbol;
                    // The record's own mistakes are ChannelAnalyzer's.
                    if (type.FindAttribute(KnownSymbols.ChannelAttribute) is { } channel
                        && ChannelParser.Parse(type, channel, descriptors, report: null, symbol.CancellationToken) is { } model)
                    {
                        channels.Enqueue(model);
                    }
                    if (type.FindAttribute(KnownSymbols.ChannelServerAttribute) is { } server)
                        Add(server, ServerParser.Parse(type, server, symbol.Compilation, Report, symbol.CancellationToken));
                    else if (type.FindAttribute(KnownSymbols.ChannelClientAttribute) is { } client)
                        Add(client, EndpointParser.ParseClient(type, client, symbol.Compilation, Report, symbol.CancellationToken));

                    void Add(AttributeData attribute, EndpointDeclaration? declaration)
                    {
                        if (declaration is null)
                            return;
                        endpoints.Enqueue(new(type, attribute, declaration));
                        // Not at the compilation's end: the uses of the members that are missing are errors, and a build with errors
                        // has no such end.
                        ContractReferences.CheckOwn(
                            attribute, symbol.Compilation, () => declaresChannels.Value, Report, symbol.CancellationToken);
                    }

                    void Report(string id, Location? location, params object?[] arguments) =>
                        symbol.ReportDiagnostic(Rules.Diagnose(id, location, arguments));
                },
                SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end =>
            {
                var contract = ContractBuilder.Build(channels, report: null);
                foreach (var endpoint in endpoints)
                    CheckChannels(endpoint, contract, end);
            });
        });
    }

    private static void CheckChannels(Endpoint endpoint, ContractModel contract, CompilationAnalysisContext end) => EndpointBuilder.Build(
        endpoint.Declaration,
        contract,
        // One assembly's channels are checked where they are declared: these are of two.
        (id, refused, kept) =>
        {
            if (refused.Descriptors == kept.Descriptors)
                return;
            var location = AttributeSpans.Argument(endpoint.Attribute, ContractReferences.Contracts, end.CancellationToken);
            end.ReportDiagnostic(Rules.Diagnose(id, location, ChannelAnalyzer.Arguments(id, refused, kept)));
        },
        (member, channel) => end.ReportDiagnostic(Rules.Diagnose(
            Rules.Collision.Id,
            Find(endpoint, member),
            $"'{member}' of channel '{channel.Name}' ({ChannelAnalyzer.Plain(channel)})",
            $"a member of '{endpoint.Class.Name}'"
            + (endpoint.Declaration.Server is { } server ? $" or '{server.Connection.Name}'" : ""))));

    // The user's own member; an inherited one is nowhere in the project, so the class stands for it.
    private static Location? Find(Endpoint endpoint, string member)
    {
        var types = endpoint.Declaration.Server is null
            ? [endpoint.Class]
            : new[] { endpoint.Class, ServerParser.FindSibling(endpoint.Class, ServerParser.ConnectionName(endpoint.Class.Name)) };
        var members = types.SelectMany(t => t?.GetMembers(member) ?? ImmutableArray<ISymbol>.Empty);
        return (members.FirstOrDefault(m => !m.IsGenerated()) ?? endpoint.Class).Locations.FirstOrDefault();
    }

    private sealed class Endpoint(INamedTypeSymbol @class, AttributeData attribute, EndpointDeclaration declaration)
    {
        public INamedTypeSymbol Class { get; } = @class;

        public AttributeData Attribute { get; } = attribute;

        public EndpointDeclaration Declaration { get; } = declaration;
    }
}
