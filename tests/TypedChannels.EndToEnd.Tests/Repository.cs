namespace TypedChannels.Tests;

internal static partial class Repository
{
    /// <summary>A program of this repository, as it was built together with these tests.</summary>
    public static string Program(string project)
    {
        // …/tests/X/bin/Debug/net10.0/ says the configuration.
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(Root, project, "bin", own.Parent!.Name, own.Name, Path.GetFileName(project));
        return OperatingSystem.IsWindows() ? path + ".exe" : path;
    }

    public static string ProjectOfUser(string name) => PathTo("tests", "TypedChannels.EndToEnd.Tests", "Projects", name);
}
