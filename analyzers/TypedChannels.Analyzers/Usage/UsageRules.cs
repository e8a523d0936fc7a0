using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Analyzers;

/// <summary>What can be wrong with the code that uses servers, connections and clients.</summary>
internal static class UsageRules
{
    public static readonly DiagnosticDescriptor Unhandled = Rules.Create(
        "TCH0040",
        "Channel has no handler",
        "'{0}' receives channel '{1}', and nothing in this program attaches a handler to '{2}': its messages are refused with NoHandler",
        wholeProject: true,
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor Unsent = Rules.Create(
        "TCH0041",
        "Channel to the client is never sent",
        "Channel '{0}' goes to the client only, and nothing in this program sends it: '{1}' is unused",
        wholeProject: true,
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor Blocking = Rules.Create(
        "TCH0042",
        "Handler blocks",
        "'{0}' blocks the thread that reads the connection: {1}",
        severity: DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor Dropped = Rules.Create(
        "TCH0043",
        "Task of a send is dropped",
        "Nobody looks at the task of '{0}', so its failure goes unnoticed: await it, return it or keep it",
        severity: DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor AsyncAction = Rules.Create(
        "TCH0044",
        "Handler of an event that is not awaited is async",
        "'{0}' is not awaited: what its handler throws after the first await ends the process",
        severity: DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor ChangedLate = Rules.Create(
        "TCH0045",
        "Message is changed after it was sent",
        "'{0}' is changed after '{1}', which has written it already: the change is not sent",
        severity: DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor WrongWay = Rules.Create(
        "TCH0046",
        "Channel is sent the wrong way",
        "Channel '{0}' goes to the {1} only, and '{2}' sends it to the {3}, which refuses it with UnknownChannel",
        severity: DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor ReflectedJson = Rules.Create(
        "TCH0047",
        "JSON of a channel's message is made by reflection",
        "'{0}' is a channel's message, and this call reads its shape by reflection: "
        + "pass its JsonTypeInfo of the generated context, as the wire does",
        severity: DiagnosticSeverity.Info);

    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        Unhandled, Unsent, Blocking, Dropped, AsyncAction, ChangedLate, WrongWay, ReflectedJson);
}
