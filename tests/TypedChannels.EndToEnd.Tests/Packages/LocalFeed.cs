namespace TypedChannels.Tests.Packages;

/// <summary>
/// The packages as they are pushed, in a feed on this machine, and folders that restore from it as a new user's do.
/// Packed once, when the first test asks for it.
/// </summary>
public sealed class LocalFeed : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task> _packed;

    public LocalFeed() => _packed = new Lazy<Task>(PackAsync);

    /// <summary>The version of this run's packages: no other run's, so that no cache can answer with older ones.</summary>
    public string Version { get; } = $"0.0.0-test{Guid.NewGuid().ToString("N")[..12]}";

    // The packages of the run stay out of the machine's cache, and what that one has is not fetched again.
    private Dictionary<string, string> Environment => new() { ["NUGET_PACKAGES"] = _folder["packages"] };

    public async Task<string> PackageAsync(string name, string extension)
    {
        await _packed.Value;
        return Path.Combine(_folder["feed"], $"{name}.{Version}.{extension}");
    }

    /// <summary>An empty folder of a new user, who knows the feed.</summary>
    public async Task<string> NewFolderAsync()
    {
        await _packed.Value;
        return Directory.CreateDirectory(_folder[Guid.NewGuid().ToString("N")[..8]]).FullName;
    }

    public Task<string> DotnetAsync(string folder, params string[] arguments) => Dotnet.RunAsync(folder, Environment, arguments);

    public Task<(int ExitCode, string Output)> TryDotnetAsync(string folder, params string[] arguments) =>
        Dotnet.TryAsync(folder, Environment, arguments);

    public void Dispose() => _folder.Dispose();

    private async Task PackAsync()
    {
        // Beside the repository's own output, which another build may be using.
        var output = await Dotnet.RunAsync(
            Repository.Root, null, "pack", "TypedChannels.sln", "--configuration", "Release", "--artifacts-path", _folder["artifacts"], $"-p:Version={Version}");
        Dotnet.AssertNoWarning(output);
        Directory.Move(Path.Combine(_folder["artifacts"], "package", "release"), _folder["feed"]);

        var cache = await Dotnet.RunAsync(Repository.Root, null, "nuget", "locals", "global-packages", "--list", "--force-english-output");
        var machinePackages = cache[(cache.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        // Added to the sources of the machine's own configuration.
        await File.WriteAllTextAsync(_folder["nuget.config"], $"""
            <configuration>
              <packageSources><add key="typedchannels-test" value="{_folder["feed"]}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{machinePackages}" /></fallbackPackageFolders>
            </configuration>
            """);
    }
}
