namespace TypedChannels.Generators;

/// <summary>The description of an assembly's contract for whoever is no C# compiler: its channels, and every type in them.</summary>
/// <param name="Channels">The channels, in the order of their names.</param>
/// <param name="Types">Each type once, in the order of its ids.</param>
internal sealed record ManifestModel(EquatableArray<ManifestChannel> Channels, EquatableArray<ManifestType> Types);

/// <summary>What one channel's record adds to the manifest: its own type as it is used, and each type in it.</summary>
internal sealed record ManifestRecord(ManifestTypeUse Message, EquatableArray<ManifestType> Types);

/// <summary>A channel and the type of its message.</summary>
internal sealed record ManifestChannel(ChannelModel Channel, ManifestTypeUse Message);

/// <summary>What a type expression is.</summary>
internal enum ManifestForm
{
    /// <summary>A type without a shape of its own to describe; its name is one of the manifest's words.</summary>
    Scalar,

    /// <summary>A type that the manifest describes; its name is the id.</summary>
    Named,
    Nullable,
    Array,
    Map,
}

/// <summary>A type as it stands at a member, in a list, behind a key.</summary>
internal sealed record ManifestTypeUse(ManifestForm Form, string Name, ManifestTypeUse? Element = null, ManifestTypeUse? Key = null)
{
    /// <summary>Any JSON at all: what a converter of the user's own writes.</summary>
    public static ManifestTypeUse Unknown { get; } = new(ManifestForm.Scalar, "unknown");
}

/// <summary>An object or an enum.</summary>
/// <param name="Id">The full name, with the nullability of type arguments: no two types have one.</param>
/// <param name="Name">The simple name, which two types may have.</param>
/// <param name="Doc">The doc comment as text, if there is one.</param>
internal sealed record ManifestType(string Id, string Name, string? Doc)
{
    /// <summary>The members of an object, in the order in which they are written.</summary>
    public EquatableArray<ManifestMember> Members { get; init; }

    /// <summary>The values of an enum.</summary>
    public EquatableArray<ManifestValue> Values { get; init; }

    /// <summary>How an enum is written: <c>names</c>, <c>flags</c> (names with commas) or <c>numbers</c>; null: an object.</summary>
    public string? Enum { get; init; }

    /// <summary>What an enum of numbers is made of: <c>int32</c>.</summary>
    public string? Underlying { get; init; }

    /// <summary>Whether members that the type does not have are kept: <c>[JsonExtensionData]</c>.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether such members are refused: <c>[JsonUnmappedMemberHandling(Disallow)]</c>.</summary>
    public bool IsClosed { get; init; }

    /// <summary>The member that says which of <see cref="Derived"/> it is; null: not polymorphic.</summary>
    public string? Discriminator { get; init; }

    public EquatableArray<ManifestDerivedType> Derived { get; init; }

    /// <summary>Whether there is JSON of exactly this type, without a discriminator.</summary>
    public bool IsPlain { get; init; } = true;
}

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Type">Its type; null is told by the flags.</param>
/// <param name="Read">Whether a reader needs it: <c>required</c>, <c>optional</c>, or <c>never</c>: it is skipped.</param>
/// <param name="ReadsNull">Whether a reader takes null.</param>
/// <param name="Write">Whether a writer writes it: <c>always</c>, <c>sometimes</c> or <c>never</c>.</param>
/// <param name="WritesNull">Whether a writer may write null.</param>
/// <param name="Numbers">The value of its <c>[JsonNumberHandling]</c>, or its type's; 0: none.</param>
/// <param name="Doc">The doc comment as text, if there is one.</param>
internal sealed record ManifestMember(
    string Name, ManifestTypeUse Type, string Read, bool ReadsNull, string Write, bool WritesNull, int Numbers, string? Doc);

/// <summary>A value of an enum.</summary>
/// <param name="Name">Its name on the wire, or in C# where it is written as a number.</param>
/// <param name="Number">Its number, as text.</param>
/// <param name="Doc">The doc comment as text, if there is one.</param>
internal sealed record ManifestValue(string Name, string Number, string? Doc);

/// <summary>A type of <c>[JsonDerivedType]</c>.</summary>
/// <param name="Type">The type.</param>
/// <param name="Discriminator">The discriminator as JSON; null: it has none.</param>
/// <param name="IsText">Whether the discriminator is a text, not a number.</param>
internal sealed record ManifestDerivedType(ManifestTypeUse Type, string? Discriminator, bool IsText);
