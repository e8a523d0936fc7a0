using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedChannels.Generators;

namespace TypedChannels.Analyzers;

/// <summary>Diagnoses <c>[Channel]</c> declarations: each by itself, and the project's all together.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ChannelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Rules.EmptyName, Rules.LongName, Rules.UnwritableName, Rules.ReservedName, Rules.DuplicateName, Rules.UnusableMemberName,
        Rules.Collision, Rules.UnusableRecord, Rules.ArgumentOutOfRange, Rules.NamesDifferInCase);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // A record in a file that another tool wrote is a channel like any other.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var found = new ConcurrentQueue<(ChannelModel Channel, AttributeData Attribute)>();
            var descriptors = AssemblyParser.Descriptors(start.Compilation);
            start.RegisterSymbolAction(
                symbol =>
                {
                    var record = (INamedTypeSymbol)symbol.Symbol;
                    if (record.FindAttribute(KnownSymbols.ChannelAttribute) is { } attribute
                        && ChannelParser.Parse(record, attribute, descriptors, Report, symbol.CancellationToken) is { } channel)
                    {
                        found.Enqueue((channel, attribute));
                    }

                    void Report(string id, Location? location, params object?[] arguments) =>
                        symbol.ReportDiagnostic(Rules.Diagnose(id, location, arguments));
                },
                SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => ContractBuilder.Build(found.Select(f => f.Channel), (id, refused, kept) =>
            {
                var attribute = found.First(f => f.Channel == refused).Attribute;
                var location = AttributeSpans.Argument(
                    attribute, id == Rules.Collision.Id ? nameof(ChannelModel.MemberName) : null, end.CancellationToken);
                end.ReportDiagnostic(Rules.Diagnose(id, location, Arguments(id, refused, kept)));
            }));
        });
    }

    /// <summary>What the message of a rule about two channels tells of them.</summary>
    internal static object?[] Arguments(string id, ChannelModel refused, ChannelModel kept) =>
        id == Rules.DuplicateName.Id ? [refused.Name, Plain(refused), Plain(kept)]
        : id == Rules.NamesDifferInCase.Id ? [refused.Name, Plain(refused), kept.Name, Plain(kept)]
        : [Describe(refused), Describe(kept)];

    internal static string Plain(ChannelModel channel) => channel.Record.Replace("global::", "");

    private static string Describe(ChannelModel channel) => $"'{channel.MemberName}' of channel '{channel.Name}' ({Plain(channel)})";
}
