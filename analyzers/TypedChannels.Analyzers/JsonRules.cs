using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Analyzers;

/// <summary>What can be wrong with a record as JSON.</summary>
internal static class JsonRules
{
    private const string HelpLinks = "https://github.com/typedchannels/typedchannels/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor MemberType = new(
        Generators.JsonRuleIds.MemberType,
        "A member's type cannot be generated as JSON",
        "'{0}' of type '{1}' cannot be generated as JSON: {2}",
        "TypedChannels",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks + Generators.JsonRuleIds.MemberType + ".md");

    public static readonly DiagnosticDescriptor Constructor = new(
        Generators.JsonRuleIds.Constructor,
        "A type has no constructor that JSON can use",
        "'{0}' cannot be created from JSON: {1}",
        "TypedChannels",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks + Generators.JsonRuleIds.Constructor + ".md");

    public static readonly DiagnosticDescriptor Attribute = new(
        Generators.JsonRuleIds.Attribute,
        "A JSON attribute is not supported",
        "[{0}] on '{1}' is not supported in channel records yet",
        "TypedChannels",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks + Generators.JsonRuleIds.Attribute + ".md");

    public static readonly DiagnosticDescriptor DuplicateName = new(
        Generators.JsonRuleIds.DuplicateName,
        "Two members have one JSON name",
        "'{0}' has the same JSON name as '{1}': \"{2}\"",
        "TypedChannels",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks + Generators.JsonRuleIds.DuplicateName + ".md");

    public static readonly DiagnosticDescriptor ContextName = new(
        Generators.JsonRuleIds.ContextName,
        "The name of the JSON context is no identifier",
        "\"{0}\" cannot be the name of the generated JSON context: it is no C# identifier",
        "TypedChannels",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks + Generators.JsonRuleIds.ContextName + ".md");

    public static readonly DiagnosticDescriptor LostInitializer = new(
        Generators.JsonRuleIds.LostInitializer,
        "The initialiser of an init-only member is lost",
        "'{0}' is set when the object is created, so its initialiser is lost when the message lacks the member: make it required, "
        + "give it a setter, or make it a constructor parameter with a default",
        "TypedChannels",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks + Generators.JsonRuleIds.LostInitializer + ".md");

    public static readonly DiagnosticDescriptor Field = new(
        Generators.JsonRuleIds.Field,
        "A public field is not part of the message",
        "'{0}' is a field, which is not part of the message: make it a property",
        "TypedChannels",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks + Generators.JsonRuleIds.Field + ".md");

    /// <summary>All of them, in the order of their ids.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        ImmutableArray.Create(MemberType, Constructor, Attribute, DuplicateName, ContextName, LostInitializer, Field);

    public static Diagnostic Create(string id, Location? location, object?[] arguments) =>
        Diagnostic.Create(All.First(rule => rule.Id == id), location, arguments);
}
