namespace TypedChannels.Tests;

/// <summary>An empty folder outside of the repository that goes away with its owner.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("typedchannels-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A browser may still be writing into its profile while it dies. What is left is the system's to clean up.
        }
    }
}
