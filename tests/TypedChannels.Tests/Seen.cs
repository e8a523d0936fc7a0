using System.Collections.Concurrent;
using System.Threading.Channels;

namespace TypedChannels.Tests;

/// <summary>What happened, in order, to be awaited one by one. Safe for concurrent use.</summary>
internal sealed class Seen<T>
{
    private readonly Channel<T> _next = Channel.CreateUnbounded<T>();
    private readonly ConcurrentQueue<T> _all = new();

    public IReadOnlyCollection<T> All => _all;

    public void Add(T item)
    {
        _all.Enqueue(item);
        _next.Writer.TryWrite(item);
    }

    public Task<T> NextAsync() => _next.Reader.ReadAsync().Within();

    public async Task<T[]> NextAsync(int count)
    {
        var items = new T[count];
        for (var i = 0; i < count; i++)
            items[i] = await NextAsync();
        return items;
    }
}
