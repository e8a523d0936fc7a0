using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedChannels.Generators;

namespace TypedChannels.Analyzers;

/// <summary>
/// Finds channel records that <c>JsonSerializer</c> reads or writes by reflection: without options, or with options that surely have no
/// resolver.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReflectedJsonAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageRules.ReflectedJson);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(static operation => Analyze(operation), OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        var method = call.TargetMethod;
        if (!method.ContainingType.Is("System.Text.Json.JsonSerializer")
            || Described(call) is not INamedTypeSymbol record
            || method.Parameters.Any(p => p.Type.Name is "JsonTypeInfo" or "JsonSerializerContext")
            || !record.GetAttributes().Any(a => a.AttributeClass.Is(KnownSymbols.ChannelAttribute))
            || call.Arguments.FirstOrDefault(a => a.Parameter?.Type.Name == "JsonSerializerOptions") is { } options && MayResolve(options.Value))
        {
            return;
        }
        context.ReportDiagnostic(Diagnostic.Create(UsageRules.ReflectedJson, call.Syntax.GetLocation(), record.Name));
    }

    /// <summary>The type whose JSON is asked for: the type argument, or a <c>typeof</c>.</summary>
    private static ITypeSymbol? Described(IInvocationOperation call) => call.TargetMethod.TypeArguments.Length == 1
        ? call.TargetMethod.TypeArguments[0]
        : call.Arguments.Select(a => a.Value).OfType<ITypeOfOperation>().FirstOrDefault()?.TypeOperand;

    private static bool MayResolve(IOperation options)
    {
        while (options is IConversionOperation conversion)
            options = conversion.Operand;
        return options switch
        {
            { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation => false,
            IPropertyReferenceOperation { Property: { IsStatic: true, Name: "Default" or "Web" or "Strict" } property } =>
                property.ContainingType.Name != "JsonSerializerOptions",
            IObjectCreationOperation { Constructor: { } made, Initializer: var settings }
                when made.Parameters.All(p => p.Type.Name == "JsonSerializerDefaults") =>
                settings is not null && settings.Descendants().OfType<IPropertyReferenceOperation>().Any(
                    p => p.Property.Name is "TypeInfoResolver" or "TypeInfoResolverChain"),
            _ => true,
        };
    }
}
