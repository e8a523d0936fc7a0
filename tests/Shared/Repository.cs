namespace TypedChannels.Tests;

/// <summary>The checkout that the tests were built in. Not by CallerFilePath, which a deterministic build rewrites.</summary>
internal static partial class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "TypedChannels.sln")) ? folder
        : Path.GetDirectoryName(folder) is { } parent ? FindRoot(parent)
        : throw new InvalidOperationException("The tests run outside of their repository.");
}
