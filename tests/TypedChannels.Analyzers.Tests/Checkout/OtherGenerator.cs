using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedChannels.Analyzers.Tests.Checkout;

/// <summary>A generator of somebody else's, which ours does not see: it adds a file to a project.</summary>
internal sealed class OtherGenerator(string name, string text) : IIncrementalGenerator
{
    public AnalyzerReference Reference => new Package(this);

    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(context.CompilationProvider, (output, _) => output.AddSource(name, text));

    private sealed class Package(OtherGenerator generator) : AnalyzerReference
    {
        // The workspace looks for the same one that it was given before.
        private readonly ImmutableArray<ISourceGenerator> _generators = [generator.AsSourceGenerator()];

        public override string? FullPath => null;

        public override object Id => generator;

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

        public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => _generators;

        public override ImmutableArray<ISourceGenerator> GetGeneratorsForAllLanguages() => _generators;
    }
}
