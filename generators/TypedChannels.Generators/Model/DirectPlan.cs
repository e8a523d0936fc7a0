namespace TypedChannels.Generators;

/// <summary>How a record is read and written without metadata, or why it is not.</summary>
/// <param name="Types">The record first, then what it contains. Empty: it goes by metadata.</param>
/// <param name="WhyNot">Why it goes by metadata, as the end of a sentence.</param>
internal sealed record DirectPlan(EquatableArray<DirectTypeModel> Types, string? WhyNot)
{
    public bool IsDirect => WhyNot is null;
}

internal enum DirectKind
{
    /// <summary>A value that the reader and the writer have a method for.</summary>
    Scalar,

    /// <summary>An enum by the names of its members.</summary>
    StringEnum,

    /// <summary>An enum by its number.</summary>
    NumberEnum,
    Nullable,
    Array,
    List,
    ReadOnlyList,
    Dictionary,
    Object,
}

/// <summary>One type of a plan.</summary>
/// <param name="FullName">The type as generated code names it, without nullable annotations.</param>
/// <param name="Kind">How it looks as JSON.</param>
/// <param name="IsValueType">Whether it can never be null; also true of <c>T?</c> of a struct, whose own method takes null.</param>
internal sealed record DirectTypeModel(string FullName, DirectKind Kind, bool IsValueType)
{
    /// <summary>The end of the methods' names, for <see cref="DirectKind.Scalar"/> and <see cref="DirectKind.NumberEnum"/>.</summary>
    public string Method { get; init; } = "";

    /// <summary>The full name of what the type contains; of the underlying type, for <see cref="DirectKind.NumberEnum"/>.</summary>
    public string Element { get; init; } = "";

    /// <summary>The members, for <see cref="DirectKind.StringEnum"/>.</summary>
    public EquatableArray<DirectEnumValue> Values { get; init; }

    /// <summary>The members and the constructor, for <see cref="DirectKind.Object"/>.</summary>
    public DirectObjectModel? Object { get; init; }
}

/// <summary>A member of an enum.</summary>
/// <param name="Name">Its name in C#, unescaped.</param>
/// <param name="JsonName">Its name in JSON.</param>
/// <param name="IsWritten">Whether it is written by this name alone; several flags may have a name each, and one together.</param>
internal sealed record DirectEnumValue(string Name, string JsonName, bool IsWritten);

/// <summary>What a type that is a JSON object consists of.</summary>
/// <param name="Members">The members in the order in which they are written, then those that are only read.</param>
/// <param name="Arguments">
/// What the constructor and the initializer take, one each; without any, the object is made first and its members are set as they come.
/// </param>
/// <param name="ConstructorArgumentCount">How many of them are the constructor's.</param>
/// <param name="Initializers">The members that only an object initializer can set.</param>
/// <param name="RefusesUnknown">Whether a member that the type has not is refused.</param>
internal sealed record DirectObjectModel(
    EquatableArray<DirectMemberModel> Members,
    EquatableArray<DirectArgumentModel> Arguments,
    int ConstructorArgumentCount,
    EquatableArray<JsonInitializerModel> Initializers,
    bool RefusesUnknown);

/// <summary>What becomes of a member's value that was read.</summary>
internal enum DirectTarget
{
    /// <summary>Nothing: the value is passed over.</summary>
    None,

    /// <summary>It is one of the arguments.</summary>
    Argument,

    /// <summary>It is set on the object.</summary>
    Setter,
}

/// <summary>A member.</summary>
/// <param name="Name">Its name in C#, unescaped.</param>
/// <param name="JsonName">Its name on the wire, unescaped.</param>
/// <param name="Type">The full name of its type.</param>
/// <param name="DeclaringType">The full name of the type that declares it.</param>
internal sealed record DirectMemberModel(string Name, string JsonName, string Type, string DeclaringType)
{
    public bool IsWritten { get; init; }

    /// <summary>Whether it is left out where its value is the default one.</summary>
    public bool OmitsDefault { get; init; }

    /// <summary>Whether null may be written.</summary>
    public bool WritesNull { get; init; }

    public DirectTarget Target { get; init; }

    /// <summary>Whether null may be read.</summary>
    public bool ReadsNull { get; init; }

    /// <summary>Whether JSON without the member is refused.</summary>
    public bool IsRequired { get; init; }
}

/// <summary>An argument: the index of the member that it is read into, or -1, and what it is without it, as C# source.</summary>
internal sealed record DirectArgumentModel(string Type, int Member, string? DefaultValue);
