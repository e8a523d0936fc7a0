namespace TypedChannels.Tests;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>A program of this repository, as it was built together with these tests.</summary>
    public static string Program(string project)
    {
        // …/tests/X/bin/Debug/net10.0/ says the configuration.
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(Root, project, "bin", own.Parent!.Name, own.Name, Path.GetFileName(project));
        return OperatingSystem.IsWindows() ? path + ".exe" : path;
    }

    public static string ProjectOfUser(string name) => Path.Combine(Root, "tests", "TypedChannels.EndToEnd.Tests", "Projects", name);

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "TypedChannels.sln")) ? folder
        : Path.GetDirectoryName(folder) is { } parent ? FindRoot(parent)
        : throw new InvalidOperationException("The tests run outside of their repository.");
}
