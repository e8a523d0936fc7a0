using System.Collections.Immutable;
using System.Linq;
using System.Text;
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
        var graphs = context.SyntaxProvider.ForAttributeWithMetadataName(
            KnownSymbols.ChannelAttribute,
            static (_, _) => true,
            static (found, cancellation) => JsonGraphParser.Parse((INamedTypeSymbol)found.TargetSymbol, found.SemanticModel.Compilation, report: null, cancellation));

        context.RegisterSourceOutput(graphs.Collect(), static (output, graphs) =>
        {
            foreach (var (hintName, source) in JsonContextEmitter.Emit(JsonContextBuilder.Merge(graphs, contextNamespace: null, "ChannelJsonContext")))
                output.AddSource(hintName, SourceText.From(source, Encoding.UTF8));
        });
    }
}
