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

        var settings = context.CompilationProvider.Select(static (compilation, _) => JsonSettingsParser.Parse(compilation.Assembly, report: null));
        var json = graphs.Collect().Combine(settings).Select(static (input, _) => JsonContextBuilder.Merge(input.Left, contextNamespace: null, input.Right.ContextName));
        context.RegisterSourceOutput(json, static (output, context) =>
        {
            if (context.Types.Count > 0)
                Add(output, JsonContextEmitter.EmitContext(context));
        });
        // A file for each type, so that a further channel leaves those of the others as they are.
        context.RegisterSourceOutput(
            json.SelectMany(static (context, _) => context.Types.Select(type => new JsonTypeSource(context.Namespace, context.Name, type))),
            static (output, type) => Add(output, JsonTypeEmitter.Emit(type)));
    }

    private static void Add(SourceProductionContext output, (string HintName, string Source) file) =>
        output.AddSource(file.HintName, SourceText.From(file.Source, Encoding.UTF8));
}
