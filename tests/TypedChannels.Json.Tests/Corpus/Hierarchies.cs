using System.Text.Json.Serialization;

namespace TypedChannels.Json.Tests.Corpus;

public class Base
{
    public virtual int V { get; set; }

    public int Hidden { get; set; }

    public string? Inherited { get; set; }

    public required int Needed { get; init; }

    [JsonIgnore]
    public virtual int IgnoredBelow { get; set; }

    public virtual int IgnoredAbove { get; set; }

    public int HiddenByIgnored { get; set; }
}

[Channel("derived")]
public class Derived : Base
{
    public override int V { get; set; }

    public new string Hidden { get; set; } = "";

    public int Own { get; set; }

    public override int IgnoredBelow { get; set; }

    [JsonIgnore]
    public override int IgnoredAbove { get; set; }

    [JsonIgnore]
    public new string HiddenByIgnored { get; set; } = "";
}

public abstract record Shape(string Name);

[Channel("circle")]
public sealed record Circle(string Name, double Radius) : Shape(Name);

[Channel("ignores")]
public class Ignores
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? A { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int B { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int C { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public int D { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)]
    public int E { get; set; } = 3;

    [JsonIgnore]
    public int F { get; set; } = 4;

    [JsonIgnore]
    public int G { get; init; } = 5;

    [JsonIgnore]
    public Action? Callback { get; set; }
}

[Channel("ignored parameter")]
public sealed record IgnoredParameter([property: JsonIgnore] string? Secret = "s", int A = 0, [property: JsonIgnore] int B = 9);

[Channel("one name twice")]
public class OneNameTwice
{
    [JsonIgnore]
    public int A { get; set; }

    [JsonPropertyName("a")]
    public string B { get; set; } = "b";
}

[Channel("ignored and unmapped")]
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed class IgnoredAndUnmapped
{
    [JsonIgnore]
    public ReadOnlyMemory<byte> F { get; set; }

    public int A { get; set; }
}

[Channel("callbacks")]
public sealed class Callbacks : IJsonOnDeserialized
{
    public int A { get; set; }

    public void OnDeserialized() => A++;
}
