namespace TypedChannels.Generators.Tests;

public class SnapshotTests
{
    [Fact]
    public void Sample_in_one_project()
    {
        var generated = new Project("App", Samples.Chat, Samples.Server).Generate();
        generated.CompilesWithoutWarnings();
        Snapshot.Verify(generated.Files);
    }

    [Fact]
    public void Client_with_the_records()
    {
        var generated = new Project("App", Samples.Chat, Samples.Client).Generate();
        generated.CompilesWithoutWarnings();
        Snapshot.Verify(generated.Files.Where(f => f.Key.StartsWith("Client.", StringComparison.Ordinal)).ToDictionary());
    }
}
