using TypedChannels.Tests;

namespace TypedChannels.Analyzers.Tests.Checkout;

/// <summary>The C# files of a folder of the repository.</summary>
internal static class Folder
{
    public static List<(string Path, string Text)> Files(params string[] folder)
    {
        var root = Repository.PathTo(folder);
        return
        [
            .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(file => (Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file)))
                .Where(file => !file.Item1.StartsWith("obj/", StringComparison.Ordinal) && !file.Item1.StartsWith("bin/", StringComparison.Ordinal)),
        ];
    }
}
