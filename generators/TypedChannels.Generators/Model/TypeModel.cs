namespace TypedChannels.Generators;

/// <summary>A type that the generator declares a part of.</summary>
/// <param name="Namespace">Its namespace, keywords escaped; <see langword="null"/>: the global one.</param>
/// <param name="Containers">The declarations around it, outermost first, as <c>partial class Outer</c>.</param>
/// <param name="Name">Its name, keywords escaped.</param>
/// <param name="FullName">Its full name, from <c>global::</c> on.</param>
internal sealed record TypeModel(string? Namespace, EquatableArray<string> Containers, string Name, string FullName);

/// <summary>A member that a generated one must not meet.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Parameters">
/// A method's parameter types, since an overload is welcome; <see langword="null"/>: nothing else may have the name.
/// </param>
internal sealed record TakenMember(string Name, string? Parameters);
