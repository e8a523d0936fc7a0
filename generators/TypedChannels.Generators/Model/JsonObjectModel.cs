namespace TypedChannels.Generators;

/// <summary>What a type that is a JSON object consists of.</summary>
/// <param name="IsValueType">Whether setters must write into the box.</param>
/// <param name="Properties">The members, the type's own before those of its bases.</param>
/// <param name="Parameters">
/// The parameters of the constructor that makes it, then one for each of <paramref name="Initializers"/> without one.
/// </param>
/// <param name="ConstructorParameterCount">How many of the parameters are the constructor's own.</param>
/// <param name="Initializers">The members that only an object initializer can set.</param>
/// <param name="UnmappedMembers">The value of <c>[JsonUnmappedMemberHandling]</c>, if any.</param>
internal sealed record JsonObjectModel(
    bool IsValueType,
    EquatableArray<JsonPropertyModel> Properties,
    EquatableArray<JsonParameterModel> Parameters,
    int ConstructorParameterCount,
    EquatableArray<JsonInitializerModel> Initializers,
    int? UnmappedMembers)
{
    /// <summary>Whether JSON without a type discriminator makes one: false for an interface and an abstract class.</summary>
    public bool IsCreatable { get; init; } = true;

    /// <summary>Whether <c>[JsonDerivedType]</c> names types for it. System.Text.Json itself reads them from the attributes.</summary>
    public bool IsPolymorphic { get; init; }

    /// <summary>The value of <c>[JsonObjectCreationHandling]</c> on the type, if any.</summary>
    public int? CreationHandling { get; init; }
}

internal enum JsonSetterKind
{
    None,
    Set,

    /// <summary>Set by the object initializer only, but still a member that can be read from JSON.</summary>
    Init,
}

/// <summary>The values of <c>JsonIgnoreCondition</c>.</summary>
internal enum JsonIgnoreKind
{
    Never = 0,
    Always = 1,
    WhenWritingDefault = 2,
    WhenWritingNull = 3,
    WhenWriting = 4,
    WhenReading = 5,
}

/// <summary>A member.</summary>
/// <param name="Name">Its name in C#, unescaped.</param>
/// <param name="JsonName">Its name on the wire.</param>
/// <param name="Type">The full name of its type.</param>
/// <param name="DeclaringType">The full name of the type that declares it.</param>
internal sealed record JsonPropertyModel(string Name, string JsonName, string Type, string DeclaringType)
{
    public bool IsVirtual { get; init; }

    public bool HasGetter { get; init; }

    public JsonSetterKind Setter { get; init; }

    public JsonIgnoreKind? Ignore { get; init; }

    /// <summary>Whether JSON without the member is refused.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether C# demands the member in an object initializer.</summary>
    public bool IsRequiredInCode { get; init; }

    public bool CanBeNull { get; init; }

    /// <summary>Whether null is refused when the member is written.</summary>
    public bool GetterIsNonNullable { get; init; }

    /// <summary>Whether null is refused when the member is read.</summary>
    public bool SetterIsNonNullable { get; init; }

    public int Order { get; init; }

    public bool IsField { get; init; }

    /// <summary>Whether it carries <c>[JsonInclude]</c>.</summary>
    public bool IsIncluded { get; init; }

    /// <summary>Whether it takes the members that no other takes: <c>[JsonExtensionData]</c>.</summary>
    public bool IsExtensionData { get; init; }

    /// <summary>The value of <c>[JsonNumberHandling]</c> on the member, if any.</summary>
    public int? NumberHandling { get; init; }

    /// <summary>The value of <c>[JsonObjectCreationHandling]</c> on the member, if any.</summary>
    public int? CreationHandling { get; init; }

    /// <summary>The member's own converter as C#, if any: <c>new global::App.MoneyConverter()</c>.</summary>
    public string? Converter { get; init; }

    /// <summary>The collection of real numbers that it is, if a number handling applies to them.</summary>
    public JsonNumbersModel? Numbers { get; init; }

    /// <summary>What is under the <c>?</c> of a nullable value type with a <see cref="Converter"/>.</summary>
    public string? NullableOf { get; init; }
}

/// <summary>A member that is a collection of real numbers with a number handling, which the context's own converters do not know.</summary>
/// <param name="Collection">The member's type.</param>
/// <param name="Converter">The elements' converter as C#.</param>
/// <param name="NullableOf">What is under the <c>?</c> of the elements, if they are nullable.</param>
internal sealed record JsonNumbersModel(JsonTypeModel Collection, string Converter, string? NullableOf);

/// <summary>A parameter of the delegate that makes the object.</summary>
/// <param name="DefaultValue">Its default as C# source, or null if it has none.</param>
internal sealed record JsonParameterModel(string Name, string Type, bool IsNullable, string? DefaultValue, bool IsInitializer);

/// <summary>A member that the object initializer sets from the parameter at the index.</summary>
internal sealed record JsonInitializerModel(string Member, string Type, int ParameterIndex);
