using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace TypedChannels.Build;

/// <summary>
/// Prints the module (<c>.js</c>) of a client: a guard for each type received, an order of members for each type sent that has a union in
/// it, a method for each channel sent.
/// </summary>
internal sealed class ModuleWriter
{
    private readonly StringBuilder _text = new();
    private readonly SortedSet<string> _used = new(StringComparer.Ordinal);
    private readonly ClientModel _client;
    private readonly TypeViews _views;
    private readonly TypeNames _names;

    private ModuleWriter(ClientModel client, TypeViews views, TypeNames names) => (_client, _views, _names) = (client, views, names);

    public static string Write(ClientModel client, TypeViews views, TypeNames names)
    {
        var writer = new ModuleWriter(client, views, names);
        writer.Guards();
        writer.Orders();
        writer.Class();
        var imports = writer._used.Select(name => $"{name} as ${name}").Prepend("Client as $Client");
        return OutputFolder.FirstLine(client) + "\n"
            + $"import {{ {string.Join(", ", imports)} }} from \"./{OutputFolder.Runtime}.js\";\n"
            + writer._text;
    }

    /// <summary>The method that sends on a channel.</summary>
    public static string SendName(ContractChannel channel) => "send" + Identifiers.Of(channel.Member);

    /// <summary>A guard of the shared module, by the name that it has here: with a $, which no name of C# has.</summary>
    public string Use(string guard)
    {
        _used.Add(guard);
        return "$" + guard;
    }

    private void Guards()
    {
        var types = _views.All.Where(type => _views.Received.Contains(type.Id)).ToList();
        if (types.Count > 0)
            Line().Line("// What is received is looked at before it is handed on.");
        foreach (var type in types)
        {
            switch (type)
            {
                case EnumType { Form: "numbers" } number:
                    Line($"const {_names.Of(type.Id, true)} = {Scalars.Guard(number.Underlying, 0, this)};");
                    break;
                case EnumType names:
                    var values = string.Join(", ", names.Values.Select(v => Literals.Quote(v.Name)).Distinct());
                    Line($"const {_names.Of(type.Id, true)} = {Use(names.Form == "flags" ? "flags" : "oneOf")}({values});");
                    break;
                case ObjectType shape:
                    Object(shape);
                    break;
            }
        }
    }

    private void Object(ObjectType type)
    {
        var name = _names.OfMembers(type, received: true);
        if (_views.HasMembers(type))
            Members(type, name);
        if (type.Discriminator is null)
            return;
        Line($"const {_names.Of(type.Id, true)} = {Use("union")}({Literals.Quote(type.Discriminator)}, () => [");
        foreach (var derived in TypeViews.Derived(type, received: true))
        {
            var guard = derived.Type is NamedUse named && _client.Types[named.Id] is ObjectType shape
                ? _names.OfMembers(shape, received: true)
                : Use("any");
            Line($"  [{derived.Is ?? "undefined"}, {guard}],");
        }
        if (type.IsPlain)
            Line($"  [undefined, {name}],");
        Line("]);");
    }

    private void Members(ObjectType type, string name)
    {
        var members = TypeViews.Members(type, received: true).ToList();
        Line($"const {name} = {Use("object")}(() => [{(members.Count == 0 ? "]);" : "")}");
        if (members.Count == 0)
            return;
        foreach (var (member, mayBeAbsent, mayBeNull) in members)
        {
            var guard = Guard(member.Type, member.Numbers);
            guard = mayBeNull ? $"{Use("nullable")}({guard})" : guard;
            guard = mayBeAbsent ? $"{Use("optional")}({guard})" : guard;
            Line($"  [{Literals.Quote(member.Name)}, {guard}],");
        }
        Line("]);");
    }

    private string Guard(TypeUse use, int numbers = 0) => use switch
    {
        ScalarUse scalar => Scalars.Guard(scalar.Name, numbers, this),
        NamedUse named => _names.Of(named.Id, received: true),
        NullableUse nullable => $"{Use("nullable")}({Guard(nullable.Inner, numbers)})",
        ArrayUse array => $"{Use("array")}({Guard(array.Element, numbers)})",
        MapUse { Key: NamedUse key } map when _client.Types[key.Id] is EnumType { Form: "names" } =>
            $"{Use("map")}({Guard(map.Element, numbers)}, {_names.Of(key.Id, received: true)})",
        MapUse map => $"{Use("map")}({Guard(map.Element, numbers)})",
        _ => Use("any"),
    };

    private void Orders()
    {
        var types = _views.All.OfType<ObjectType>().Where(type => _views.IsOrdered(type.Id)).ToList();
        if (types.Count > 0)
            Line().Line("// A union is sent with its discriminator first: the server has to know what it reads before it reads it.");
        foreach (var type in types)
        {
            if (_views.HasMembers(type) && _views.HasOrderedMembers(type))
                OrderOfMembers(type);
            if (type.Discriminator is not null)
                OrderOfUnion(type);
        }
    }

    private void OrderOfMembers(ObjectType type)
    {
        Line($"const {Ordered(_names.OfMembers(type, received: false))} = {Use("ordered")}(() => [");
        foreach (var (member, _, _) in TypeViews.Members(type, received: false))
        {
            if (Order(member.Type) is { } order)
                Line($"  [{Literals.Quote(member.Name)}, {order}],");
        }
        Line("]);");
    }

    private void OrderOfUnion(ObjectType type)
    {
        var cases = TypeViews.Derived(type, received: false)
            .Select(d => (Is: d.Is!, Shape: d.Type is NamedUse named ? _client.Types[named.Id] as ObjectType : null))
            .Append((Is: "undefined", Shape: type.IsPlain ? type : null))
            .Where(c => c.Shape is not null && _views.HasOrderedMembers(c.Shape))
            .Select(c => $"  [{c.Is}, {Ordered(_names.OfMembers(c.Shape!, received: false))}],")
            .ToList();
        var (name, discriminator) = (Ordered(_names.Of(type.Id, received: false)), Literals.Quote(type.Discriminator!));
        Line($"const {name} = {Use("led")}({discriminator}, () => [{(cases.Count == 0 ? "]);" : "")}");
        if (cases.Count == 0)
            return;
        cases.ForEach(line => Line(line));
        Line("]);");
    }

    /// <summary>How the members of a value are ordered; null: as they are.</summary>
    private string? Order(TypeUse use) => use switch
    {
        NamedUse named when _views.IsOrdered(named.Id) => Ordered(_names.Of(named.Id, received: false)),
        NullableUse nullable => Order(nullable.Inner),
        ArrayUse array when Order(array.Element) is { } element => $"{Use("each")}({element})",
        MapUse map when Order(map.Element) is { } element => $"{Use("each")}({element})",
        _ => null,
    };

    // With a $ as what is imported has, but at the end.
    private static string Ordered(string name) => name + "$";

    private void Class()
    {
        var received = _client.Channels.Where(c => c.ToClient).Select(c => $"[{Literals.Quote(c.Name)}, {Guard(c.Message)}],");
        var limits = _client.Channels.Where(c => c.ToServer && c.MaxBytes > 0)
            .Select(c => $"[{Literals.Quote(c.Name)}, {c.MaxBytes.ToString(CultureInfo.InvariantCulture)}]");
        var orders = _client.Channels.Where(c => c.ToServer)
            .Select(c => (c.Name, Order: Order(c.Message)))
            .Where(c => c.Order is not null)
            .Select(c => $"[{Literals.Quote(c.Name)}, {c.Order}]");
        Line().Line("const $contract = {").Line("  receives: [");
        foreach (var channel in received)
            Line("    " + channel);
        Line("  ],")
            .Line($"  maxBytes: [{string.Join(", ", limits)}],")
            .Line($"  orders: [{string.Join(", ", orders)}],")
            .Line("};")
            .Line()
            .Line($"export class {_client.Name} extends $Client {{")
            .Line("  constructor(url, options) {")
            .Line("    super(url, options, $contract);")
            .Line("  }");
        foreach (var channel in _client.Channels.Where(c => c.ToServer))
        {
            Line()
                .Line($"  {SendName(channel)}(message) {{")
                .Line($"    this.send({Literals.Quote(channel.Name)}, message);")
                .Line("  }");
        }
        Line("}");
    }

    private ModuleWriter Line(string line = "")
    {
        _text.Append(line).Append('\n');
        return this;
    }
}
