using System.Text.Json;
using System.Text.Json.Serialization;

namespace TypedChannels.Json.Tests.Corpus;

[JsonDerivedType(typeof(Cat), "cat")]
[JsonDerivedType(typeof(Dog), "dog")]
public abstract record Animal(string Name);

public sealed record Cat(string Name, int Lives) : Animal(Name);

public record Dog(string Name) : Animal(Name)
{
    public bool Barks { get; set; }
}

public sealed record Puppy(string Name) : Dog(Name);

[Channel("animals")]
public sealed record Animals(Animal First, Animal? Second, List<Animal> All, Dictionary<string, Animal?>? ByName = null);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Square), 1)]
[JsonDerivedType(typeof(Disc), 2)]
public interface IFigure
{
    double Area { get; }
}

public sealed class Square : IFigure
{
    public double Side { get; set; }

    public double Area => Side * Side;
}

public sealed record Disc(double Radius) : IFigure
{
    public double Area => Radius * 3;
}

[Channel("figures")]
public sealed record Figures(IFigure First, IFigure?[] All);

[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType, IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(Car), "car")]
[JsonDerivedType(typeof(Vehicle), "vehicle")]
public class Vehicle
{
    public int Wheels { get; set; }
}

public class Car : Vehicle
{
    public int Doors { get; set; }
}

public sealed class Boat : Vehicle
{
    public int Sails { get; set; }
}

[Channel("vehicles")]
public sealed record Vehicles(Vehicle A, Vehicle? B, Car? C);

[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToNearestAncestor)]
[JsonDerivedType(typeof(Middle), "middle")]
public class Top
{
    public int A { get; set; }
}

public class Middle : Top
{
    public int B { get; set; }
}

public sealed class Bottom : Middle
{
    public int C { get; set; }
}

[Channel("nearest ancestors")]
public sealed record Nearest(Top A, Top[] B);

[JsonDerivedType(typeof(PlainDerived))]
public class PlainBase
{
    public int A { get; set; }
}

public sealed class PlainDerived : PlainBase
{
    public int B { get; set; }
}

[Channel("without discriminators")]
public sealed record WithoutDiscriminators(PlainBase A, List<PlainBase> B);

[Channel("polymorphic root")]
[JsonDerivedType(typeof(RootDerived), "derived")]
public record PolymorphicRoot(int A);

public sealed record RootDerived(int A, string B) : PolymorphicRoot(A);

[JsonDerivedType(typeof(GenericNode<int>), "int")]
[JsonDerivedType(typeof(GenericNode<string>), "string")]
public abstract class NodeBase
{
    public NodeBase? Next { get; set; }
}

public sealed class GenericNode<T> : NodeBase
{
    public T? Value { get; set; }
}

[Channel("generic derived types")]
public sealed record GenericNodes(NodeBase Head);

[JsonDerivedType(typeof(DerivedEvent), "derived")]
public class BaseEvent
{
    public virtual string Kind { get; set; } = "base";

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}

public sealed class DerivedEvent : BaseEvent
{
    public override string Kind { get; set; } = "derived";
}

[Channel("polymorphic with extension data")]
public sealed record Events(BaseEvent A, BaseEvent? B);

public interface INamed
{
    string Name { get; }
}

public interface IAged
{
    int Age { get; }
}

[JsonDerivedType(typeof(Person), "person")]
public interface IPerson : INamed, IAged;

public sealed record Person(string Name, int Age, string Email) : IPerson;

[Channel("derived interfaces")]
public sealed record People(IPerson A, IReadOnlyList<IPerson> B);

[JsonDerivedType(typeof(UnknownChecked), "u")]
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public abstract class CheckedBase
{
    public required int A { get; set; }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed class UnknownChecked : CheckedBase
{
    public int B { get; init; }
}

[Channel("polymorphic and strict")]
public sealed record StrictPolymorphic(CheckedBase A);

[JsonDerivedType(typeof(MarkedList), "marked")]
public class OpenIntegers : List<int>;

public sealed class MarkedList : OpenIntegers;

[Channel("polymorphic collections")]
public sealed record PolymorphicLists(OpenIntegers A, List<OpenIntegers> B);

[Channel("abstract root")]
[JsonDerivedType(typeof(AbstractLeaf), "leaf")]
[JsonDerivedType(typeof(AbstractNode), "node")]
public abstract record AbstractRoot(int A);

public sealed record AbstractLeaf(int A, string B) : AbstractRoot(A);

public sealed record AbstractNode(int A, AbstractRoot? Inner) : AbstractRoot(A);
