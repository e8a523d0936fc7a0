using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedChannels.Generators;

namespace TypedChannels.Analyzers;

/// <summary>Which events a project attaches handlers to, and what it sends. Filled concurrently.</summary>
internal sealed class ChannelUses(EndpointSymbols symbols)
{
    private readonly ConcurrentDictionary<ISymbol, bool> _members = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<string, bool> _sentNames = new();
    private volatile bool _sendsAnyName;

    public void Add(IOperation operation, ISymbol user)
    {
        switch (operation)
        {
            case IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation { Event: var handled } }:
                _members.TryAdd(handled.OriginalDefinition, true);
                break;
            case IInvocationOperation { TargetMethod: var method } invocation when symbols.IsSend(method):
                AddSend(invocation, method, user);
                break;
            case IMethodReferenceOperation { Method: var method } when symbols.IsSend(method):
                _members.TryAdd(method.OriginalDefinition, true);
                _sendsAnyName |= symbols.IsBase(method.ContainingType);
                break;
            // A channel's descriptor, handed to a protected SendAsync or to anything else.
            case IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType.Name: "ChannelDescriptors" } property }
                when !user.IsGenerated():
                _members.TryAdd(property, true);
                break;
        }
    }

    /// <summary>Whether nothing is attached to an event, of the class or of its connection.</summary>
    public bool Lacks(INamedTypeSymbol type, INamedTypeSymbol? connection, string @event)
    {
        var events = Members(type, @event).Concat(Members(connection, @event)).OfType<IEventSymbol>().ToList();
        return events.Count > 0 && !events.Any(_members.ContainsKey);
    }

    /// <summary>Whether nothing sends a channel.</summary>
    public bool Lacks(EndpointChannel channel, INamedTypeSymbol type, INamedTypeSymbol? connection)
    {
        if (_sendsAnyName || _sentNames.ContainsKey(channel.Channel.Name))
            return false;
        var sends = Members(type, channel.Emit).Concat(Members(connection, channel.Send)).OfType<IMethodSymbol>().ToList();
        return sends.Count > 0 && !sends.Any(_members.ContainsKey)
            && !_members.Keys.Any(used => used is IPropertySymbol && used.Name == channel.Channel.MemberName);
    }

    private static ImmutableArray<ISymbol> Members(INamedTypeSymbol? type, string name) =>
        type?.GetMembers(name) ?? ImmutableArray<ISymbol>.Empty;

    private void AddSend(IInvocationOperation send, IMethodSymbol method, ISymbol user)
    {
        _members.TryAdd(method.OriginalDefinition, true);
        if (!symbols.IsBase(method.ContainingType) || user.IsGenerated()
            || send.Arguments.FirstOrDefault(a => a.Parameter is { Name: "channel", Type.SpecialType: SpecialType.System_String })
                is not { } argument)
        {
            return;
        }
        if (argument.Value.ConstantValue is { HasValue: true, Value: string name })
            _sentNames.TryAdd(name, true);
        else
            _sendsAnyName = true;
    }
}
