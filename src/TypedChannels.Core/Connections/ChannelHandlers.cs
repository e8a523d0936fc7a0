using System.ComponentModel;

namespace TypedChannels;

/// <summary>Keeps the handlers of a generated event as an array, which is swapped whole. Safe for concurrent use.</summary>
/// <remarks>
/// A multicast delegate would not do: invoking one returns the last handler's task only, and taking it apart allocates at every message.
/// An event without handlers costs its connection one null reference.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChannelHandlers
{
    /// <summary>Adds a handler, or each handler that a combined delegate holds.</summary>
    /// <typeparam name="TDelegate">The event's delegate type.</typeparam>
    /// <param name="handlers">The event's handlers.</param>
    /// <param name="handler">What to add; <see langword="null"/> adds nothing.</param>
    public static void Add<TDelegate>(ref TDelegate[]? handlers, TDelegate? handler)
        where TDelegate : Delegate
    {
        if (handler is null)
            return;
        var added = handler.GetInvocationList();
        TDelegate[]? before, after;
        do
        {
            before = Volatile.Read(ref handlers);
            after = new TDelegate[(before?.Length ?? 0) + added.Length];
            before?.CopyTo(after, 0);
            for (var i = 0; i < added.Length; i++)
                after[(before?.Length ?? 0) + i] = (TDelegate)added[i];
        }
        while (Interlocked.CompareExchange(ref handlers, after, before) != before);
    }

    /// <summary>Removes the last handler that equals the given one, or each that a combined delegate holds.</summary>
    /// <typeparam name="TDelegate">The event's delegate type.</typeparam>
    /// <param name="handlers">The event's handlers.</param>
    /// <param name="handler">What to remove; <see langword="null"/>, or one that is not there, removes nothing.</param>
    public static void Remove<TDelegate>(ref TDelegate[]? handlers, TDelegate? handler)
        where TDelegate : Delegate
    {
        if (handler is null)
            return;
        foreach (var removed in handler.GetInvocationList())
            RemoveOne(ref handlers, (TDelegate)removed);
    }

    private static void RemoveOne<TDelegate>(ref TDelegate[]? handlers, TDelegate handler)
        where TDelegate : Delegate
    {
        TDelegate[]? before, after;
        do
        {
            before = Volatile.Read(ref handlers);
            var index = before is null ? -1 : Array.LastIndexOf(before, handler);
            if (index < 0)
                return;
            after = before!.Length == 1 ? null : [.. before[..index], .. before[(index + 1)..]];
        }
        while (Interlocked.CompareExchange(ref handlers, after, before) != before);
    }
}
