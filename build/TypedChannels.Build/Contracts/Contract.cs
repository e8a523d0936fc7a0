using System.Collections.Generic;

namespace TypedChannels.Build;

/// <summary>What an assembly's manifest says.</summary>
/// <param name="Assembly">The assembly's name.</param>
/// <param name="Channels">The channels, in the order of their names.</param>
/// <param name="Types">The types by their ids.</param>
internal sealed record Contract(string Assembly, IReadOnlyList<ContractChannel> Channels, IReadOnlyDictionary<string, ContractType> Types);

internal sealed record ContractChannel(
    string Name, string Member, bool ToServer, bool ToClient, int MaxBytes, bool IsEmpty, bool IsPublic, TypeUse Message);

/// <summary>How a type stands at a member, in an array, behind a key.</summary>
internal abstract record TypeUse;

/// <summary>A type that has no description of its own: <c>string</c>, <c>int32</c>, <c>unknown</c>.</summary>
internal sealed record ScalarUse(string Name) : TypeUse;

internal sealed record NamedUse(string Id) : TypeUse;

internal sealed record NullableUse(TypeUse Inner) : TypeUse;

internal sealed record ArrayUse(TypeUse Element) : TypeUse;

internal sealed record MapUse(TypeUse Element, TypeUse Key) : TypeUse;

/// <summary>A type that the manifest describes.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its simple name, which it may share.</param>
/// <param name="Doc">Its doc comment.</param>
/// <param name="Signature">All that is said of it but the comments: equal for two of one shape.</param>
internal abstract record ContractType(string Id, string Name, string? Doc, string Signature);

/// <param name="Form"><c>names</c>, <c>flags</c> or <c>numbers</c>.</param>
internal sealed record EnumType(
    string Id, string Name, string? Doc, string Signature, string Form, string Underlying, IReadOnlyList<EnumValue> Values)
    : ContractType(Id, Name, Doc, Signature);

internal sealed record EnumValue(string Name, string Number, string? Doc);

/// <param name="IsOpen">Whether it keeps members that it does not have.</param>
/// <param name="IsPlain">Whether there is JSON of exactly this type without a discriminator.</param>
internal sealed record ObjectType(
    string Id, string Name, string? Doc, string Signature, IReadOnlyList<Member> Members, bool IsOpen, bool IsPlain, string? Discriminator,
    IReadOnlyList<DerivedType> Derived)
    : ContractType(Id, Name, Doc, Signature);

/// <summary>A member. The server is the writer of what a client receives, and the reader of what it sends.</summary>
internal sealed record Member(
    string Name, TypeUse Type, string Read, bool ReadsNull, string Write, bool WritesNull, int Numbers, string? Doc);

/// <param name="Type">The type.</param>
/// <param name="Is">Its discriminator as a literal; null: it has none.</param>
internal sealed record DerivedType(TypeUse Type, string? Is);
