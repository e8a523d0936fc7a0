using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Analyzers;

/// <summary>The diagnostics of channels, servers and clients. Each has a page under docs/diagnostics.</summary>
internal static class Rules
{
    // Some mistakes show only when the whole project is known, so not while typing.
    private const bool WholeProject = true;

    public static readonly DiagnosticDescriptor EmptyName = Create(
        "TCH0001", "Channel name is empty", "A channel needs a name of 1 to 128 bytes of UTF-8");

    public static readonly DiagnosticDescriptor LongName = Create(
        "TCH0002", "Channel name is too long", "The channel name '{0}' is longer than 128 bytes of UTF-8");

    public static readonly DiagnosticDescriptor UnwritableName = Create(
        "TCH0003", "Channel name has characters that it may not have", "The channel name '{0}' has a control character or invalid Unicode");

    public static readonly DiagnosticDescriptor ReservedName = Create(
        "TCH0004", "Channel name is reserved", "The channel name '{0}' begins with '_system:', which is the framework's");

    public static readonly DiagnosticDescriptor DuplicateName = Create(
        "TCH0005", "Channel is declared twice", "Channel '{0}' of '{1}' is also declared by '{2}', which is generated", WholeProject);

    public static readonly DiagnosticDescriptor UnusableMemberName = Create(
        "TCH0006",
        "Channel gives no usable member name",
        "Channel '{0}' would name its members after '{1}', which cannot be used; set MemberName to another name");

    public static readonly DiagnosticDescriptor Collision = Create(
        "TCH0007", "Generated member collides with another", "{0} collides with {1}", WholeProject);

    public static readonly DiagnosticDescriptor NotPartial = Create(
        "TCH0008", "Server or client is not partial", "'{0}' must be partial, so that its channels can be added");

    public static readonly DiagnosticDescriptor UnusableClass = Create(
        "TCH0009", "Class cannot be a server or client", "'{0}' cannot be completed: {1}");

    public static readonly DiagnosticDescriptor UnmadeProps = Create(
        "TCH0010", "Connection properties cannot be made", "'{0}' cannot be made by new(), since {1}; override CreateProps in '{2}'");

    public static readonly DiagnosticDescriptor UnusableRecord = Create(
        "TCH0011", "Type cannot be a channel's message", "'{0}' cannot be a channel's message: {1}");

    public static readonly DiagnosticDescriptor ArgumentOutOfRange = Create(
        "TCH0012", "An argument of [Channel] is out of range", "{0} is {1}; it must be {2}");

    public static readonly DiagnosticDescriptor NoChannels = Create(
        "TCH0013",
        "Contract has no channels",
        "The assembly '{0}' declares no channels for this class; set Contracts = [typeof(…)] with a type of an assembly that does");

    public static readonly DiagnosticDescriptor MissingPackage = Create(
        "TCH0014", "Package of the base class is missing", "'{0}' needs a reference to the package '{1}'");

    public static readonly DiagnosticDescriptor HiddenProps = Create(
        "TCH0015", "Connection properties are less accessible than their server", "'{0}' must be public, as '{1}' is");

    public static readonly DiagnosticDescriptor NamesDifferInCase = Create(
        "TCH0016",
        "Channel names differ in case only",
        "Channel '{0}' of '{1}' differs from '{2}' of '{3}' in case only: they are two channels, and easily taken for one",
        WholeProject,
        DiagnosticSeverity.Warning);

    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        EmptyName, LongName, UnwritableName, ReservedName, DuplicateName, UnusableMemberName, Collision, NotPartial, UnusableClass,
        UnmadeProps, UnusableRecord, ArgumentOutOfRange, NoChannels, MissingPackage, HiddenProps, NamesDifferInCase);

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = All.ToImmutableDictionary(r => r.Id);

    /// <summary>The diagnostic for what the parser reports.</summary>
    public static Diagnostic Diagnose(string id, Location? location, params object?[] arguments) =>
        Diagnostic.Create(ById[id], location ?? Location.None, arguments);

    internal static DiagnosticDescriptor Create(
        string id, string title, string message, bool wholeProject = false, DiagnosticSeverity severity = DiagnosticSeverity.Error) => new(
        id,
        title,
        message,
        "TypedChannels",
        severity,
        isEnabledByDefault: true,
        helpLinkUri: $"https://github.com/typedchannels/typedchannels/blob/main/docs/diagnostics/{id}.md",
        customTags: wholeProject ? [WellKnownDiagnosticTags.CompilationEnd] : []);
}
