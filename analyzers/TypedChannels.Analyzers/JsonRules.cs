using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Analyzers;

/// <summary>What can be wrong with a record as JSON.</summary>
internal static class JsonRules
{
    public static readonly DiagnosticDescriptor MemberType = Rules.Create(
        Generators.JsonRuleIds.MemberType,
        "A member's type cannot be generated as JSON",
        "'{0}' of type '{1}' cannot be generated as JSON: {2}");

    public static readonly DiagnosticDescriptor Constructor = Rules.Create(
        Generators.JsonRuleIds.Constructor,
        "A type has no constructor that JSON can use",
        "'{0}' cannot be created from JSON: {1}");

    public static readonly DiagnosticDescriptor Attribute = Rules.Create(
        Generators.JsonRuleIds.Attribute,
        "A JSON attribute cannot be honoured",
        "[{0}] on '{1}' cannot be honoured: {2}");

    public static readonly DiagnosticDescriptor DuplicateName = Rules.Create(
        Generators.JsonRuleIds.DuplicateName,
        "Two members have one JSON name",
        "'{0}' has the same JSON name as '{1}': \"{2}\"");

    public static readonly DiagnosticDescriptor ContextName = Rules.Create(
        Generators.JsonRuleIds.ContextName,
        "The name of the JSON context is no identifier",
        "\"{0}\" cannot be the name of the generated JSON context: it is no C# identifier");

    public static readonly DiagnosticDescriptor LostInitializer = Rules.Create(
        Generators.JsonRuleIds.LostInitializer,
        "The initialiser of an init-only member is lost",
        "'{0}' is set when the object is created, so its initialiser is lost when the message lacks the member: make it required, "
        + "give it a setter, or make it a constructor parameter with a default",
        severity: DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor Field = Rules.Create(
        Generators.JsonRuleIds.Field,
        "A public field is not part of the message",
        "'{0}' is a field, which is not part of the message: make it a property",
        severity: DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor NotInContext = Rules.Create(
        Generators.JsonRuleIds.NotInContext,
        "A type can neither be generated as JSON nor is it in the project's own context",
        "'{0}' of type '{1}' cannot be generated as JSON: {2}; or list the type in '{3}' with [JsonSerializable]");

    public static readonly DiagnosticDescriptor Context = Rules.Create(
        Generators.JsonRuleIds.Context,
        "The project's own JSON context cannot be used",
        "'{0}' cannot be the project's own JSON context: {1}");

    public static readonly DiagnosticDescriptor Invisible = Rules.Create(
        Generators.JsonRuleIds.Invisible,
        "A member that another generator makes is not part of the message",
        "'{0}' of '{1}' is made by another generator, and none sees what another makes: it is not part of the message; "
        + "declare the type in a project of its own",
        severity: DiagnosticSeverity.Warning);

    /// <summary>All of them, in the order of their ids.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        ImmutableArray.Create(MemberType, Constructor, Attribute, DuplicateName, ContextName, LostInitializer, Field, NotInContext, Context,
            Invisible);

    /// <summary>The property of a diagnostic that names the type which the project's own context lacks.</summary>
    public const string Type = nameof(Type);

    public static Diagnostic Create(string id, Location? location, object?[] arguments) => Diagnostic.Create(
        All.First(rule => rule.Id == id),
        location,
        id == NotInContext.Id
            ? ImmutableDictionary<string, string?>.Empty.Add(Type, arguments[1] as string)
            : ImmutableDictionary<string, string?>.Empty,
        arguments);
}
