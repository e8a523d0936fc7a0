using System.Text.Json;
using System.Text.Json.Serialization;

#pragma warning disable CA1051, CA1805 // Fields are the subject.

namespace TypedChannels.Json.Tests.Corpus;

[Channel("included fields")]
public sealed class WithFields
{
    [JsonInclude]
    public int A;

    [JsonInclude]
    public string? B = "b";

    [JsonInclude]
    [JsonPropertyName("c!")]
    [JsonPropertyOrder(-1)]
    public List<int>? C;

    [JsonInclude]
    internal Mood D;

    public int E { get; set; }
}

[Channel("included field of a struct")]
public struct StructWithFields
{
    [JsonInclude]
    public int A;

    [JsonInclude]
    public Point? B;
}

[Channel("included internal members")]
public sealed class WithInternals
{
    [JsonInclude]
    internal int A { get; set; }

    [JsonInclude]
    public int B { get; internal set; }

    [JsonInclude]
    public int C { internal get; set; }

    [JsonInclude]
    internal string? D { get; init; }

    internal int Hidden { get; set; }
}

[Channel("required fields")]
public sealed class WithRequiredFields
{
    [JsonInclude]
    public required int A;

    [JsonInclude]
    [JsonRequired]
    public int B;

    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int C;
}

[Channel("fields of constructor parameters")]
public sealed class FieldsOfParameters(int a, string b)
{
    [JsonInclude]
    public readonly int A = a;

    [JsonInclude]
    public string B = b;
}

[Channel("included in a base")]
public class IncludedDerived : IncludedBase
{
    [JsonInclude]
    public new int A = 7;

    public int B { get; set; }
}

public class IncludedBase
{
    [JsonInclude]
    public int A = 6;

    [JsonInclude]
    internal int C { get; set; }
}

[Channel("converted fields")]
public sealed class ConvertedFields
{
    [JsonInclude]
    [JsonConverter(typeof(MarkedIntegers))]
    public int A;

    [JsonInclude]
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public int B;
}

[Channel("all callbacks")]
public sealed class AllCallbacks : IJsonOnSerializing, IJsonOnSerialized, IJsonOnDeserializing, IJsonOnDeserialized
{
    public int A { get; set; }

    public string Log { get; set; } = "";

    public void OnSerializing() => Log = "serializing";

    public void OnSerialized() => Log = "";

    public void OnDeserializing() => Log += "d";

    public void OnDeserialized() => Log += "D";
}

[Channel("explicit callbacks")]
public sealed record ExplicitCallbacks(int A) : IJsonOnDeserialized, IJsonOnSerializing
{
    private int _calls;

    public int Calls => _calls;

    void IJsonOnDeserialized.OnDeserialized() => _calls += 10;

    void IJsonOnSerializing.OnSerializing() => _calls = 3;
}

[Channel("inherited callbacks")]
public sealed class InheritedCallbacks : CallbackBase
{
    public int B { get; set; }
}

public class CallbackBase : IJsonOnDeserialized
{
    public int A { get; set; }

    public void OnDeserialized() => A = A < 0 ? throw new JsonException("Negative.") : A + 1;
}

[Channel("callbacks of structs")]
public sealed record StructCallbacks(CountingStruct A, CountingStruct? B);

public struct CountingStruct : IJsonOnDeserialized
{
    public int A { get; set; }

    public void OnDeserialized() => A++;
}
