namespace TypedChannels.Generators.Tests.Json;

/// <summary>The collections that are generated, all of them without a warning.</summary>
public sealed class Collections
{
    [Theory]
    [InlineData("IList<int>", "CreateIListInfo")]
    [InlineData("ICollection<int>", "CreateICollectionInfo")]
    [InlineData("IEnumerable<int>", "CreateIEnumerableInfo")]
    [InlineData("IReadOnlyCollection<int>", "CreateIEnumerableInfo")]
    [InlineData("IReadOnlySet<int>", "CreateImmutableEnumerableInfo")]
    [InlineData("HashSet<int>", "CreateISetInfo")]
    [InlineData("SortedSet<int>", "CreateISetInfo")]
    [InlineData("Queue<int>", "CreateQueueInfo")]
    [InlineData("Stack<int>", "CreateStackInfo")]
    [InlineData("LinkedList<int>", "CreateICollectionInfo")]
    [InlineData("System.Collections.Concurrent.ConcurrentBag<int>", "CreateImmutableEnumerableInfo")]
    [InlineData("System.Collections.Concurrent.ConcurrentQueue<int>", "CreateConcurrentQueueInfo")]
    [InlineData("System.Collections.Concurrent.ConcurrentDictionary<string, int>", "CreateIDictionaryInfo")]
    [InlineData("System.Collections.ObjectModel.ObservableCollection<int>", "CreateIListInfo")]
    [InlineData("System.Collections.ObjectModel.ReadOnlyCollection<int>", "CreateImmutableEnumerableInfo")]
    [InlineData("System.Collections.ObjectModel.ReadOnlyDictionary<int, string>", "CreateImmutableDictionaryInfo")]
    [InlineData("System.Collections.Frozen.FrozenSet<int>", "CreateImmutableEnumerableInfo")]
    [InlineData("System.Collections.Frozen.FrozenDictionary<Guid, int>", "CreateImmutableDictionaryInfo")]
    [InlineData("System.Collections.Immutable.ImmutableArray<int>", "CreateImmutableEnumerableInfo")]
    [InlineData("System.Collections.Immutable.IImmutableSet<int>", "CreateImmutableEnumerableInfo")]
    [InlineData("System.Collections.Immutable.ImmutableSortedDictionary<string, int>", "CreateImmutableDictionaryInfo")]
    [InlineData("IReadOnlyDictionary<string, int>", "CreateIReadOnlyDictionaryInfo")]
    [InlineData("SortedList<DateOnly, int>", "CreateIDictionaryInfo")]
    [InlineData("Dictionary<DayOfWeek, int>", "CreateDictionaryInfo")]
    [InlineData("KeyValuePair<string, int>", "CreateObjectInfo")]
    [InlineData("ReadOnlyMemory<byte>", "ReadOnlyMemoryByteConverter")]
    [InlineData("Memory<int>", "CreateMemoryInfo")]
    [InlineData("System.Text.Json.Nodes.JsonNode", "JsonNodeConverter")]
    [InlineData("Own", "CreateListInfo")]
    [InlineData("Own<DayOfWeek>", "CreateDictionaryInfo")]
    public async Task Are_generated(string type, string service)
    {
        var source = $"#pragma warning disable CS1591\n[Channel(\"x\")] public record Message({type} Payload); public class Own : List<int>; public class Own<T> : Dictionary<string, T>;";
        Assert.Empty(await Run.Analyze(source));
        Assert.Contains(Run.GenerateAndCompile(Run.Compile(source)), file => file.Key.Contains("Json", StringComparison.Ordinal) && file.Value.Contains(service, StringComparison.Ordinal));
    }
}
