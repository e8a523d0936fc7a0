using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TypedChannels.Build;

/// <summary>Turns a manifest into a contract. What the generator leaves out is the usual.</summary>
internal static class ManifestReader
{
    /// <summary>The version of the manifest's format that is read here.</summary>
    public const int Version = 1;

    public static Contract Read(string assembly, string json)
    {
        var manifest = (Dictionary<string, object?>)JsonText.Parse(json)!;
        return new(
            assembly,
            [.. List(manifest, "channels").Select(Channel)],
            List(manifest, "types").Select(Type).ToDictionary(type => type.Id, StringComparer.Ordinal));
    }

    private static ContractChannel Channel(Dictionary<string, object?> channel)
    {
        var direction = Text(channel, "direction");
        return new(
            Text(channel, "name")!, Text(channel, "member")!, direction != "toClient", direction != "toServer", Number(channel, "maxBytes"),
            Flag(channel, "empty"), Flag(channel, "public", otherwise: true), Use(channel["message"]));
    }

    private static ContractType Type(Dictionary<string, object?> type)
    {
        var (id, name, doc, signature) = (Text(type, "id")!, Text(type, "name")!, Text(type, "doc"), Signature(type));
        return Text(type, "enum") is { } form
            ? new EnumType(
                id, name, doc, signature, form, Text(type, "underlying") ?? "int32",
                [.. List(type, "values").Select(v => new EnumValue(Text(v, "name")!, Literal(v["number"])!, Text(v, "doc")))])
            : new ObjectType(
                id, name, doc, signature,
                [.. List(type, "members").Select(Member)], Flag(type, "open"), Flag(type, "plain", otherwise: true),
                Text(type, "discriminator"),
                [.. List(type, "derived").Select(d => new DerivedType(Use(d["type"]), Literal(Get(d, "is"))))]);
    }

    private static Member Member(Dictionary<string, object?> member) => new(
        Text(member, "name")!, Use(member["type"]), Text(member, "read")!, Flag(member, "readsNull"), Text(member, "write")!,
        Flag(member, "writesNull"), Number(member, "numbers"), Text(member, "doc"));

    private static TypeUse Use(object? json)
    {
        if (json is string scalar)
            return new ScalarUse(scalar);
        var use = (Dictionary<string, object?>)json!;
        return Text(use, "ref") is { } id ? new NamedUse(id)
            : Get(use, "nullable") is { } inner ? new NullableUse(Use(inner))
            : Get(use, "array") is { } element ? new ArrayUse(Use(element))
            : new MapUse(Use(use["map"]), Use(use["key"]));
    }

    /// <summary>The JSON again, without comments.</summary>
    private static string Signature(object? json) => json switch
    {
        Dictionary<string, object?> members =>
            "{" + string.Join(",", members.Where(m => m.Key != "doc").Select(m => Literals.Quote(m.Key) + ":" + Signature(m.Value))) + "}",
        List<object?> items => "[" + string.Join(",", items.Select(Signature)) + "]",
        bool flag => flag ? "true" : "false",
        _ => Literal(json) ?? "null",
    };

    private static string? Literal(object? json) => json switch
    {
        string text => Literals.Quote(text),
        JsonText.Number number => number.Text,
        _ => null,
    };

    private static object? Get(Dictionary<string, object?> json, string name) => json.TryGetValue(name, out var value) ? value : null;

    private static string? Text(Dictionary<string, object?> json, string name) => Get(json, name) as string;

    private static bool Flag(Dictionary<string, object?> json, string name, bool otherwise = false) =>
        Get(json, name) as bool? ?? otherwise;

    private static int Number(Dictionary<string, object?> json, string name) =>
        Get(json, name) is JsonText.Number number ? int.Parse(number.Text, CultureInfo.InvariantCulture) : 0;

    private static IEnumerable<Dictionary<string, object?>> List(Dictionary<string, object?> json, string name) =>
        ((List<object?>?)Get(json, name) ?? []).Cast<Dictionary<string, object?>>();
}
