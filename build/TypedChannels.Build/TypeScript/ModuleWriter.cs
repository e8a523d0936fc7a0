using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace TypedChannels.Build;

/// <summary>Prints the module (<c>.js</c>) of a client: a guard for each type received, a method for each channel sent.</summary>
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

    private void Class()
    {
        var received = _client.Channels.Where(c => c.ToClient).Select(c => $"[{Literals.Quote(c.Name)}, {Guard(c.Message)}],");
        var limits = _client.Channels.Where(c => c.ToServer && c.MaxBytes > 0)
            .Select(c => $"[{Literals.Quote(c.Name)}, {c.MaxBytes.ToString(CultureInfo.InvariantCulture)}]");
        var discriminators = _views.Sent.Select(id => (_client.Types[id] as ObjectType)?.Discriminator).OfType<string>()
            .Distinct().OrderBy(d => d, StringComparer.Ordinal).Select(Literals.Quote);
        Line().Line("const $contract = {").Line("  receives: [");
        foreach (var channel in received)
            Line("    " + channel);
        Line("  ],")
            .Line($"  maxBytes: [{string.Join(", ", limits)}],")
            .Line($"  discriminators: [{string.Join(", ", discriminators)}],")
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
