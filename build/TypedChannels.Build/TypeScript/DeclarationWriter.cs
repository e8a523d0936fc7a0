using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace TypedChannels.Build;

/// <summary>Prints the declarations (<c>.d.ts</c>) of a client.</summary>
internal sealed class DeclarationWriter
{
    private readonly StringBuilder _text = new();
    private readonly ClientModel _client;
    private readonly TypeViews _views;
    private readonly TypeNames _names;

    private DeclarationWriter(ClientModel client, TypeViews views, TypeNames names) => (_client, _views, _names) = (client, views, names);

    public static string Write(ClientModel client, TypeViews views, TypeNames names)
    {
        var writer = new DeclarationWriter(client, views, names);
        writer.Line(OutputFolder.FirstLine(client));
        writer.Line(
            "import { Client as $Client, type Address as $Address, type ClientOptions as $ClientOptions } "
            + $"from \"./{OutputFolder.Runtime}.js\";");
        foreach (var type in views.All)
            writer.Type(type);
        writer.Channels();
        writer.Class();
        return writer._text.ToString();
    }

    private void Type(ContractType type)
    {
        if (type is EnumType values)
        {
            Enum(values);
            return;
        }
        var shape = (ObjectType)type;
        if (_views.Received.Contains(type.Id))
            Object(shape, received: true);
        if (_views.Sent.Contains(type.Id) && (!_views.Received.Contains(type.Id) || _views.HasTwo(type.Id)))
            Object(shape, received: false);
    }

    private void Enum(EnumType type)
    {
        var list = type.Values.Select(v =>
            (type.Form == "numbers" ? $"{v.Number}: {v.Name}" : $"`{v.Name}`") + (v.Doc is null ? "" : ": " + v.Doc.Replace('\n', ' ')));
        var documented = type.Form == "numbers" || type.Values.Any(v => v.Doc is not null);
        Gap().Comment("", type.Doc, documented ? string.Join("\n", list.Select(line => "- " + line)) : null);
        var names = string.Join(" | ", type.Values.Select(v => Literals.Quote(v.Name)).Distinct());
        var name = _names.Of(type.Id, received: true);
        Line($"export type {name} = {type.Form switch
        {
            "numbers" => "number",
            _ when names.Length == 0 => "never",
            "flags" => $"{names} | `${{{names}}}, ${{string}}`",
            _ => names,
        }};");
    }

    private void Object(ObjectType type, bool received)
    {
        var name = _names.OfMembers(type, received);
        var note = !received && _views.HasTwo(type.Id) ? $"As it is sent; `{_names.Of(type.Id, true)}` is as it is received." : null;
        if (type.Discriminator is { } discriminator)
        {
            Gap().Comment("", type.Doc, note);
            var cases = TypeViews.Derived(type, received).Select(d => (d.Is, Type: Derived(d, received))).ToList();
            if (type.IsPlain && cases.All(c => c.Is is not null))
                cases.Add((null, name));
            Line($"export type {_names.Of(type.Id, received)} =");
            for (var i = 0; i < cases.Count; i++)
            {
                var member = Literals.Member(discriminator) + (cases[i].Is is { } literal ? ": " + literal : "?: undefined");
                Line($"  | ({{ {member} }} & {cases[i].Type}){(i + 1 < cases.Count ? "" : ";")}");
            }
            if (cases.Count == 0)
                Line("  never;");
        }
        if (!_views.HasMembers(type))
            return;
        var members = TypeViews.Members(type, received).ToList();
        Gap().Comment("", type.Doc, note);
        if (members.Count == 0 && !type.IsOpen)
        {
            // An empty interface would be anything at all. Where it is extended by a union's discriminator it must not forbid that.
            Line($"export type {name} = {(type.Discriminator is null && !_views.IsDerived(type) ? "{ [name: string]: never }" : "{}")};");
            return;
        }
        Line($"export interface {name} {{");
        foreach (var (member, mayBeAbsent, mayBeNull) in members)
        {
            Comment("  ", member.Doc, Hint(member));
            var text = Text(member.Type, received, member.Numbers) + (mayBeNull ? " | null" : "");
            Line($"  {Literals.Member(member.Name)}{(mayBeAbsent ? "?" : "")}: {text};");
        }
        if (type.IsOpen)
            Line("  [name: string]: unknown;");
        Line("}");
    }

    private string Derived(DerivedType derived, bool received) =>
        derived.Type is NamedUse named && _client.Types[named.Id] is ObjectType type
            ? _names.OfMembers(type, received)
            : "{ [name: string]: unknown }";

    private void Channels()
    {
        Gap().Line($"/** What a `{_client.Name}` receives, by channel. */").Line($"export interface {_names.Receives} {{");
        foreach (var channel in _client.Channels.Where(c => c.ToClient))
            Line($"  {Literals.Quote(channel.Name)}: {Text(channel.Message, received: true)};");
        Line("}");
        Gap().Line($"/** What a `{_client.Name}` sends, by channel. */").Line($"export interface {_names.Sends} {{");
        foreach (var channel in _client.Channels.Where(c => c.ToServer))
            Line($"  {Literals.Quote(channel.Name)}: {Text(channel.Message, received: false)};");
        Line("}");
    }

    private void Class()
    {
        Gap().Line($"/** A client of `{_client.Of}`. It is connected by its `connect()`. */")
            .Line($"export declare class {_client.Name} extends $Client<{_names.Receives}, {_names.Sends}> {{")
            .Line("  constructor(url: $Address, options?: $ClientOptions);");
        foreach (var channel in _client.Channels.Where(c => c.ToServer))
        {
            var doc = channel.Message is NamedUse named ? _client.Types[named.Id].Doc : null;
            var limit = channel.MaxBytes > 0 ? $", at most {channel.MaxBytes} bytes" : "";
            Line().Comment("  ", doc, $"Sends on channel {Literals.Quote(channel.Name)}{limit}.");
            var parameter = channel.IsEmpty ? "message?" : "message";
            Line($"  {ModuleWriter.SendName(channel)}({parameter}: {Text(channel.Message, received: false)}): void;");
        }
        Line("}");
    }

    /// <summary>A type expression.</summary>
    /// <param name="use">The type.</param>
    /// <param name="received">The direction.</param>
    /// <param name="numbers">How numbers are written; it counts for a number, and for a collection of numbers.</param>
    private string Text(TypeUse use, bool received, int numbers = 0) => use switch
    {
        ScalarUse scalar => Scalars.Type(scalar.Name, numbers, received),
        NamedUse named => _names.Of(named.Id, received),
        NullableUse nullable => $"{Text(nullable.Inner, received, numbers)} | null",
        ArrayUse array => Bracketed(Text(array.Element, received, numbers)) + "[]",
        MapUse map when KeyNames(map.Key) is { } names => $"{{ [Key in {names}]?: {Text(map.Element, received, numbers)} }}",
        MapUse map => $"{{ [key: string]: {Text(map.Element, received, numbers)} }}",
        _ => "unknown",
    };

    private string? KeyNames(TypeUse key) =>
        key is NamedUse named && _client.Types[named.Id] is EnumType { Form: "names" } ? _names.Of(named.Id, received: true) : null;

    private static string Bracketed(string type) => type.Contains(" ") && !type.StartsWith("{") ? $"({type})" : type;

    private static string? Hint(Member member)
    {
        var use = member.Type;
        while (true)
        {
            switch (use)
            {
                case NullableUse nullable: use = nullable.Inner; break;
                case ArrayUse array: use = array.Element; break;
                case MapUse map: use = map.Element; break;
                case ScalarUse scalar: return Scalars.Hint(scalar.Name, member.Numbers);
                default: return null;
            }
        }
    }

    private DeclarationWriter Gap() => Line();

    private void Comment(string indent, params string?[] paragraphs) =>
        Literals.Comment(paragraphs).ToList().ForEach(line => Line(indent + line));

    private DeclarationWriter Line(string line = "")
    {
        _text.Append(line).Append('\n');
        return this;
    }
}
