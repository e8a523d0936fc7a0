using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedChannels.Generators;

namespace TypedChannels.Analyzers;

/// <summary>Finds channels of the contract that are sent by name, and against their direction.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WrongWayAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of a diagnostic that names the event by which the class receives the channel.</summary>
    internal const string Event = nameof(Event);

    /// <summary>The property of a diagnostic that names the class.</summary>
    internal const string Endpoint = nameof(Endpoint);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageRules.WrongWay);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var symbols = new EndpointSymbols(start.Compilation);
            var contracts = new Contracts(start.Compilation);
            start.RegisterOperationAction(operation => Analyze(operation, symbols, contracts), OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, EndpointSymbols symbols, Contracts contracts)
    {
        var send = (IInvocationOperation)context.Operation;
        if (send.TargetMethod.Name is not ("SendAsync" or "EmitAsync") || !symbols.IsBase(send.TargetMethod.ContainingType)
            || send.Arguments.FirstOrDefault(a => a.Parameter?.Name == "channel")?.Value is not { ConstantValue.Value: string name } argument
            || Contracts.EndpointOf(send.Instance?.Type) is not { } type
            || contracts.Of(type, context.CancellationToken) is not { } endpoint
            || endpoint.Channels.FirstOrDefault(c => c.Channel.Name == name) is not { Sends: false } channel)
        {
            return;
        }
        var (self, peer) = endpoint.Server is null ? ("client", "server") : ("server", "client");
        context.ReportDiagnostic(Diagnostic.Create(
            UsageRules.WrongWay,
            argument.Syntax.GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(Event, channel.Event).Add(Endpoint, type.GetDocumentationCommentId()),
            name,
            self,
            send.TargetMethod.Name,
            peer));
    }
}
