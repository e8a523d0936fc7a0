using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedChannels.Generators;

namespace TypedChannels.Analyzers;

/// <summary>Reports what the generator's own JSON parser finds wrong with a channel record.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ChannelRecordAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => JsonRules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(static symbol => AnalyzeRecord(symbol), SymbolKind.NamedType);
        context.RegisterCompilationAction(static end => JsonSettingsParser.Parse(end.Compilation.Assembly, To(end.ReportDiagnostic)));
    }

    private static void AnalyzeRecord(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(KnownSymbols.ChannelAttribute) is not null)
            JsonGraphParser.Parse(type, context.Compilation, To(context.ReportDiagnostic), context.CancellationToken);
    }

    private static Report To(Action<Diagnostic> report) => (id, location, arguments) => report(JsonRules.Create(id, location, arguments));
}
