using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Reads a <c>[Channel]</c> record, of this project or of a reference.</summary>
internal static class ChannelParser
{
    /// <summary>The channel, or <see langword="null"/> where none can be generated.</summary>
    /// <param name="record">The record.</param>
    /// <param name="attribute">Its attribute.</param>
    /// <param name="descriptors">The full name of the class with the descriptors.</param>
    /// <param name="report">Takes the mistakes.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static ChannelModel? Parse(
        INamedTypeSymbol record, AttributeData attribute, string descriptors, Report? report, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // A half-typed attribute: the compiler has said so.
        if (attribute.ConstructorArguments.FirstOrDefault() is not { Kind: TypedConstantKind.Primitive } argument)
            return null;

        var name = argument.Value as string;
        var usable = true;
        if (ChannelNames.BrokenRule(name) is { } broken)
        {
            report?.Invoke(broken, AttributeSpans.Argument(attribute, null, cancellation), name is null ? null : ChannelNames.Display(name));
            usable = false;
        }
        if (WhyUnusable(record) is { } reason)
        {
            report?.Invoke("TCH0011", record.Locations.FirstOrDefault(), record.Name, reason);
            usable = false;
        }

        var maxBytes = attribute.Property(nameof(ChannelModel.MaxBytes))?.Value as int? ?? 0;
        if (maxBytes < 0)
            OutOfRange(nameof(ChannelModel.MaxBytes), maxBytes, "0 (the connection's own limit) or more");
        if (attribute.Property(nameof(Direction))?.Value is int direction and not (>= (int)Direction.Both and <= (int)Direction.ToClient))
            OutOfRange(nameof(Direction), direction, "Both, ToServer or ToClient");

        if (!usable)
            return null;
        var member = attribute.Property(nameof(ChannelModel.MemberName))?.Value as string ?? ChannelNames.ToMemberName(name!);
        if (!ChannelNames.IsUsableMemberName(member))
        {
            report?.Invoke("TCH0006", AttributeSpans.Argument(attribute, nameof(ChannelModel.MemberName), cancellation), name, member);
            return null;
        }
        return new ChannelModel(
            name!,
            member,
            record.FullName(),
            ReadDirection(attribute),
            Math.Max(maxBytes, 0),
            attribute.Property(nameof(ChannelModel.Compress))?.Value is not false,
            record.IsPublic(),
            IsEmpty(record),
            descriptors);

        void OutOfRange(string property, int value, string range) =>
            report?.Invoke("TCH0012", AttributeSpans.Argument(attribute, property, cancellation), property, value, range);
    }

    private static Direction ReadDirection(AttributeData attribute) =>
        attribute.Property(nameof(Direction))?.Value is 1 ? Direction.ToServer
        : attribute.Property(nameof(Direction))?.Value is 2 ? Direction.ToClient
        : Direction.Both;

    /// <summary>Why a type cannot be the message of a channel, as the end of a sentence; null if it can.</summary>
    public static string? WhyUnusable(INamedTypeSymbol record) =>
        record.TypeKind is not (TypeKind.Class or TypeKind.Struct) ? "it is neither a record nor a class nor a struct"
        : record.IsStatic ? "it is static"
        : record.IsAbstract && !JsonPolymorphism.HasDerivedTypes(record) ? "it is abstract, and no [JsonDerivedType] names a type that can be made"
        : record.IsRefLikeType ? "it is a ref struct"
        : record.IsGeneric() ? "it is generic, or nested in a generic type"
        : !record.IsInternal() ? "the rest of the project has no access to it"
        : JsonValueTypes.IsCollection(record) ? "it is a collection, and a message is a JSON object"
        : null;

    private static bool IsEmpty(INamedTypeSymbol record)
    {
        if (record.IsAbstract || !record.InstanceConstructors.Any(c => c.Parameters.IsEmpty && c.DeclaredAccessibility is Accessibility.Public))
            return false;
        for (INamedTypeSymbol? type = record; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                // Of metadata, EqualityContract does not say that the compiler made it. A field without a name of its own may come and go
                // with a body: it keeps a primary constructor's parameter.
                if (!member.IsStatic && member is IFieldSymbol { CanBeReferencedByName: true } or IPropertySymbol { Name: not "EqualityContract" })
                    return false;
            }
        }
        return true;
    }
}
