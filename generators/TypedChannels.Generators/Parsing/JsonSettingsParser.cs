using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Reads <c>[assembly: ChannelJson]</c>.</summary>
internal static class JsonSettingsParser
{
    public static JsonSettings Parse(IAssemblySymbol assembly, Report? report)
    {
        var settings = JsonSettings.Default;
        var attribute = assembly.FindAttribute(KnownSymbols.ChannelJsonAttribute);
        if (attribute is null)
            return settings;

        foreach (var argument in attribute.NamedArguments)
        {
            settings = (argument.Key, argument.Value.Value) switch
            {
                ("PropertyNamingPolicy", int policy) when policy is >= 0 and <= 5 =>
                    settings with { NamingPolicy = (JsonNamingPolicyKind)policy },
                ("UseStringEnumConverter", bool strings) => settings with { StringEnums = strings },
                ("ContextName", string name) when Identifiers.IsValid(name) => settings with { ContextName = name },
                ("ContextName", string name) => ReportName(name),
                ("Context", INamedTypeSymbol context) => WithContext(context),
                _ => settings,
            };
        }

        return settings;

        // An unusable context is as none.
        JsonSettings WithContext(INamedTypeSymbol context)
        {
            if (context.TypeKind == TypeKind.Error)
                return settings;
            if (JsonUserContext.WhyUnusable(context, assembly) is { } reason)
            {
                report?.Invoke(
                    JsonRuleIds.Context,
                    attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation(),
                    JsonTypeNames.Display(context),
                    reason);
                return settings;
            }

            return settings with
            {
                UserContext = JsonTypeNames.FullName(context),
                UserTypes = new EquatableArray<string>(JsonUserContext.ListedTypes(context)),
            };
        }

        // An unusable name falls back to the default one, so that everything else still compiles.
        JsonSettings ReportName(string name)
        {
            report?.Invoke(JsonRuleIds.ContextName, attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation(), name);
            return settings;
        }
    }
}
