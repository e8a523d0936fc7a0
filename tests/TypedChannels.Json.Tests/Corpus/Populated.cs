using System.Text.Json;
using System.Text.Json.Serialization;

namespace TypedChannels.Json.Tests.Corpus;

[Channel("populated members")]
public sealed class Populated
{
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<int> A { get; } = [1];

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public Dictionary<string, int> B { get; } = new() { ["x"] = 1 };

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public InnerObject C { get; } = new() { X = 1, Y = 2 };

    public List<int> Replaced { get; set; } = [3];
}

public sealed class InnerObject
{
    public int X { get; set; }

    public int Y { get; set; }
}

[Channel("populated type")]
[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
public sealed class PopulatedType
{
    public IList<int> A { get; } = [1];

    public HashSet<string> B { get; set; } = ["b"];

    public int[] Array { get; set; } = [1];

    public InnerObject C { get; } = new() { X = 1 };

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Replace)]
    public List<int> D { get; set; } = [4];

    public string Text { get; set; } = "t";

    public int Number { get; set; } = 5;
}

public struct InnerStruct
{
    public InnerStruct() => Y = 9;

    public int X { get; set; }

    public int Y { get; set; }
}

[Channel("populated structs")]
public sealed class PopulatedStruct
{
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public InnerStruct A { get; set; } = new() { X = 1, Y = 2 };

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public InnerObject? B { get; set; }
}

[Channel("populated collections")]
public sealed class PopulatedCollections
{
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public ICollection<int> A { get; } = [1];

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public SortedSet<int> B { get; } = [2];

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public Queue<int> C { get; } = new([3]);

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public Stack<int> D { get; } = new([4]);

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public SortedDictionary<int, int> E { get; } = new() { [5] = 5 };
}

[Channel("extension data")]
public sealed class WithExtensionData
{
    public int A { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}

[Channel("extension interface")]
public sealed record WithExtensionInterface(int A)
{
    [JsonExtensionData]
    public IDictionary<string, JsonElement> More { get; set; } = new Dictionary<string, JsonElement>();
}

[Channel("extension data of a base")]
public sealed class WithInheritedExtension : ExtensionBase
{
    public int B { get; set; }
}

public class ExtensionBase
{
    [JsonExtensionData]
    public SortedDictionary<string, JsonElement>? More { get; set; }
}
