using System;
using System.Collections.Generic;
using System.Linq;

namespace TypedChannels.Build;

/// <summary>Gives each type of a client a name of its own.</summary>
internal sealed class TypeNames
{
    private readonly HashSet<string> _taken;
    private readonly Dictionary<(string Id, string Form), string> _names = [];
    private readonly TypeViews _views;

    public TypeNames(ClientModel client, TypeViews views)
    {
        _views = views;
        _taken = new(StringComparer.Ordinal) { client.Name };
        Receives = Unique(client.Name + "Receives");
        Sends = Unique(client.Name + "Sends");
        var all = views.All.ToList();
        var shared = all.GroupBy(t => t.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        // Who has a name alone keeps it, whatever is made of another's.
        foreach (var type in all.OrderBy(t => shared.Contains(t.Name)))
        {
            var same = shared.Contains(type.Name) ? all.Where(t => t.Name == type.Name).Select(t => t.Id).ToList() : [];
            _names.Add((type.Id, ""), Unique(same.Count > 0 ? Qualified(type.Id, same) : Identifiers.Of(type.Name)));
        }
        foreach (var type in all.OfType<ObjectType>())
        {
            var name = _names[(type.Id, "")];
            if (views.HasTwo(type.Id))
                _names.Add((type.Id, "Init"), Unique(name + "Init"));
            if (type.Discriminator is null)
                continue;
            _names.Add((type.Id, "Base"), Unique(name + "Base"));
            if (views.HasTwo(type.Id))
                _names.Add((type.Id, "BaseInit"), Unique(name + "BaseInit"));
        }
    }

    /// <summary>The interface of the channels that are received.</summary>
    public string Receives { get; }

    /// <summary>The interface of the channels that are sent.</summary>
    public string Sends { get; }

    /// <summary>The type as it stands at a member: of a polymorphic one, the union.</summary>
    public string Of(string id, bool received) => _names[(id, Suffix(id, received))];

    /// <summary>The members alone: of a polymorphic type, without its derived ones.</summary>
    public string OfMembers(ObjectType type, bool received) =>
        type.Discriminator is null ? Of(type.Id, received) : _names[(type.Id, "Base" + Suffix(type.Id, received))];

    /// <summary>So much of the full name that no other has it: <c>App.One.Node</c> beside <c>App.Two.Node</c> is <c>OneNode</c>.</summary>
    private static string Qualified(string id, List<string> same)
    {
        for (var count = 2; !id.Contains("<") && count <= id.Split('.').Length; count++)
        {
            if (same.Count(other => Last(other, count) == Last(id, count)) == 1)
                return Identifiers.Of(Last(id, count));
        }
        return Identifiers.OfFullName(id);

        static string Last(string id, int count) => string.Concat(id.Split('.').Skip(id.Split('.').Length - count));
    }

    private string Suffix(string id, bool received) => !received && _views.HasTwo(id) ? "Init" : "";

    private string Unique(string stem)
    {
        var name = Identifiers.IsReserved(stem) ? stem + "_" : stem;
        for (var i = 2; !_taken.Add(name); i++)
            name = stem + "_" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return name;
    }
}
