using System;
using System.Collections.Generic;
using System.Linq;

namespace TypedChannels.Build;

/// <summary>
/// Which types a client receives, which it sends, and which of them look different in the two directions: a member that the server always
/// writes, but does not demand, is there in one and may be absent in the other.
/// </summary>
internal sealed class TypeViews
{
    private readonly ClientModel _client;
    private readonly HashSet<string> _differing;
    private readonly HashSet<string> _ordered;

    public TypeViews(ClientModel client)
    {
        _client = client;
        Received = Closure(client.Channels.Where(c => c.ToClient), received: true);
        Sent = Closure(client.Channels.Where(c => c.ToServer), received: false);
        _differing = new(Received.Where(id => Sent.Contains(id) && Differs(id)), StringComparer.Ordinal);
        // What contains a type of two forms has two itself.
        var both = Received.Where(Sent.Contains).ToList();
        while (both.Find(id => !_differing.Contains(id) && Contained(id).Any(_differing.Contains)) is { } next)
            _differing.Add(next);
        _ordered = new(Sent.Where(id => _client.Types[id] is ObjectType { Discriminator: not null }), StringComparer.Ordinal);
        var sent = Sent.Select(id => _client.Types[id]).OfType<ObjectType>().ToList();
        while (sent.Find(type => !IsOrdered(type.Id) && HasOrderedMembers(type)) is { } outer)
            _ordered.Add(outer.Id);
    }

    public ISet<string> Received { get; }

    public ISet<string> Sent { get; }

    /// <summary>The types in the order of their ids.</summary>
    public IEnumerable<ContractType> All =>
        _client.Types.Values.Where(t => Received.Contains(t.Id) || Sent.Contains(t.Id)).OrderBy(t => t.Id, StringComparer.Ordinal);

    public bool HasTwo(string id) => _differing.Contains(id);

    /// <summary>Whether a sent type is a union, or has one somewhere in it: its members cannot be sent in any order.</summary>
    public bool IsOrdered(string id) => _ordered.Contains(id);

    /// <summary>Whether a sent type's own members have a union somewhere in them.</summary>
    public bool HasOrderedMembers(ObjectType type) => Members(type, received: false).SelectMany(m => Named(m.Member.Type)).Any(IsOrdered);

    /// <summary>The members that there are in a direction, and whether each may be absent or null.</summary>
    public static IEnumerable<(Member Member, bool MayBeAbsent, bool MayBeNull)> Members(ObjectType type, bool received) =>
        from member in type.Members
        where (received ? member.Write : member.Read) != "never"
        select received
            ? (member, member.Write == "sometimes", member.WritesNull)
            : (member, member.Read == "optional", member.ReadsNull);

    /// <summary>The derived types that there are in a direction: one without a discriminator is not read as itself.</summary>
    public static IEnumerable<DerivedType> Derived(ObjectType type, bool received) => type.Derived.Where(d => received || d.Is is not null);

    /// <summary>Whether a type's own members are used: of a polymorphic one that nobody derives by name, only the union is.</summary>
    public bool HasMembers(ObjectType type) => type.Discriminator is null || type.IsPlain || IsDerived(type);

    /// <summary>Whether a union has it as one of its cases.</summary>
    public bool IsDerived(ObjectType type) =>
        All.OfType<ObjectType>().Any(other => other.Derived.Any(d => Named(d.Type).Contains(type.Id)));

    /// <summary>The types named in a type expression.</summary>
    public static IEnumerable<string> Named(TypeUse use) => use switch
    {
        NamedUse named => [named.Id],
        NullableUse nullable => Named(nullable.Inner),
        ArrayUse array => Named(array.Element),
        MapUse map => Named(map.Element).Concat(Named(map.Key)),
        _ => [],
    };

    private HashSet<string> Closure(IEnumerable<ContractChannel> channels, bool received)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(channels.SelectMany(c => Named(c.Message)));
        while (open.Count > 0)
        {
            var id = open.Dequeue();
            if (!_client.Types.TryGetValue(id, out var type))
            {
                throw new BuildErrorException(
                    BuildErrorException.Inexpressible, $"The contract of '{_client.Of}' does not describe its type '{id}'.");
            }
            if (!found.Add(id) || type is not ObjectType shape)
                continue;
            foreach (var use in Members(shape, received).Select(m => m.Member.Type).Concat(Derived(shape, received).Select(d => d.Type)))
                Named(use).ToList().ForEach(open.Enqueue);
        }
        return found;
    }

    private IEnumerable<string> Contained(string id) => _client.Types[id] is ObjectType type
        ? type.Members.Select(m => m.Type).Concat(type.Derived.Select(d => d.Type)).SelectMany(Named)
        : [];

    private bool Differs(string id) => _client.Types[id] is ObjectType type
        && (!Members(type, received: true).SequenceEqual(Members(type, received: false))
            || type.Members.Any(m => m.Numbers != 0)
            || type.Derived.Any(d => d.Is is null));
}
