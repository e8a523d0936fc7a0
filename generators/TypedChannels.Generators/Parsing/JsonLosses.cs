using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.Generators;

/// <summary>What a type says and its messages silently do not: nothing here keeps the type from being generated.</summary>
internal static class JsonLosses
{
    public static void Report(
        INamedTypeSymbol type, IMethodSymbol? constructor, IEnumerable<JsonMember> members, MemberPath path, JsonGraphWalk walk)
    {
        if (walk.Report is not { } report)
            return;
        foreach (var member in members.Where(m => LosesInitializer(m, constructor)))
        {
            // Of another assembly's members the initializers are not known, however much of it an editor shows.
            if (MemberPath.LocationOf(member.Symbol, walk.Compilation) is { } place
                && member.Symbol is IPropertySymbol property && HasInitializer(property))
                report(JsonRuleIds.LostInitializer, place, member.Symbol.Name);
        }

        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var field in current.GetMembers().OfType<IFieldSymbol>().Where(IsLost))
                report(JsonRuleIds.Field, path.Member(field, walk.Compilation).Location, field.Name);
            foreach (var property in current.GetMembers().OfType<IPropertySymbol>().Where(IsInvisible))
            {
                var place = current.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).OfType<TypeDeclarationSyntax>().First();
                report(JsonRuleIds.Invisible, place.Identifier.GetLocation(), property.Name, JsonTypeNames.Display(current));
            }
        }
    }

    /// <summary>Whether an object initializer sets the member even when the message lacks it.</summary>
    private static bool LosesInitializer(JsonMember member, IMethodSymbol? constructor) =>
        member.Model is { Setter: JsonSetterKind.Init, Ignore: not JsonIgnoreKind.Always, IsRequired: false }
        && constructor?.Parameters.Any(p => string.Equals(p.Name, member.Symbol.Name, StringComparison.OrdinalIgnoreCase)) == false;

    /// <summary>Whether it starts as anything but the default, which is all that it would lose.</summary>
    private static bool HasInitializer(IPropertySymbol property)
    {
        var value = property.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).OfType<PropertyDeclarationSyntax>()
            .Select(p => p.Initializer?.Value).FirstOrDefault(v => v is not null);
        while (value is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed)
            value = suppressed.Operand;
        return value is not (null or DefaultExpressionSyntax)
            && !value.IsKind(SyntaxKind.NullLiteralExpression) && !value.IsKind(SyntaxKind.DefaultLiteralExpression);
    }

    /// <summary>A property that generated code cannot have known.</summary>
    private static bool IsInvisible(IPropertySymbol property) =>
        property is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false }
        && property.IsOfOtherGenerator() && JsonAttributes.IgnoreOf(property) != JsonIgnoreKind.Always;

    /// <summary>A required field, and one with another attribute of JSON, is an error already.</summary>
    private static bool IsLost(IFieldSymbol field) =>
        field is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsConst: false, IsRequired: false }
        && !field.IsOfOtherGenerator()
        && JsonAttributes.IgnoreOf(field) != JsonIgnoreKind.Always && !JsonAttributes.Has(field, "JsonIncludeAttribute");
}
