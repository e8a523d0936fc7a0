using TypedChannels.Tests;
using Xunit.Sdk;

namespace TypedChannels.Generators.Tests;

/// <summary>The file conventions of <see cref="Snapshot"/>.</summary>
public class SnapshotConventionTests
{
    private static readonly string Received = Repository.PathTo(
        "tests", "TypedChannels.Generators.Tests", "Snapshots", nameof(SnapshotConventionTests) + ".Convention#New.g.received.cs");

    [Fact]
    public void What_is_not_as_expected_fails_and_is_written_beside_it()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1", "Snapshots are being accepted.");
        var files = new Dictionary<string, string> { ["New.g.cs"] = "class New;\n" };
        try
        {
            var failure = Assert.ThrowsAny<XunitException>(() => Snapshot.Verify(files, method: "Convention"));
            Assert.Contains("New: " + Received, failure.Message, StringComparison.Ordinal);
            Assert.Equal("class New;\n", File.ReadAllText(Received));
            Assert.False(File.Exists(Received.Replace(".received.", ".verified.", StringComparison.Ordinal)));
        }
        finally
        {
            File.Delete(Received);
        }
    }
}
