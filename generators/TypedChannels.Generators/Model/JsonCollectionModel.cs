namespace TypedChannels.Generators;

/// <summary>How the metadata services make the metadata of a collection that has no kind of its own.</summary>
/// <param name="Service">The middle of the method's name: <c>ISet</c> for <c>CreateISetInfo</c>.</param>
/// <param name="TypeArguments">The method's type arguments, as C#.</param>
internal sealed record JsonCollectionModel(string Service, string TypeArguments)
{
    /// <summary>The type whose default constructor makes the collection; null if the services need none.</summary>
    public string? Created { get; init; }

    /// <summary>The function that makes the collection of all its items, as C#; null if they are added one by one.</summary>
    public string? Factory { get; init; }
}
