using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TypedChannels;

/// <summary>
/// Gathers an array's items for generated code, so that nothing is allocated but what becomes of them. Not safe for concurrent use.
/// </summary>
/// <typeparam name="T">The items' type.</typeparam>
/// <remarks>Where reading is refused midway, the array is left to the garbage collector.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DirectItems<T>
{
    private const int FirstCapacity = 16;

    private T[]? _items;
    private int _count;

    /// <summary>Adds an item.</summary>
    /// <param name="item">The item.</param>
    public void Add(T item)
    {
        var items = _items;
        if (items is null || _count >= items.Length)
            items = Grow();
        items[_count++] = item;
    }

    /// <summary>The items as an array, and none in here.</summary>
    /// <returns>An array of its own.</returns>
    public T[] ToArray()
    {
        var array = _count == 0 ? [] : _items.AsSpan(0, _count).ToArray();
        Clear();
        return array;
    }

    /// <summary>The items as a list, and none in here.</summary>
    /// <returns>A list that has room for them and no more.</returns>
    [SuppressMessage("Design", "CA1002", Justification = "It is what the record's member is.")]
    public List<T> ToList()
    {
        var list = new List<T>(_count);
        CollectionsMarshal.SetCount(list, _count);
        _items.AsSpan(0, _count).CopyTo(CollectionsMarshal.AsSpan(list));
        Clear();
        return list;
    }

    private T[] Grow()
    {
        var larger = ArrayPool<T>.Shared.Rent(_items is null ? FirstCapacity : _items.Length * 2);
        if (_items is not null)
        {
            _items.AsSpan(0, _count).CopyTo(larger);
            Return(_items);
        }
        return _items = larger;
    }

    private void Clear()
    {
        if (_items is not null)
            Return(_items);
        (_items, _count) = (null, 0);
    }

    private readonly void Return(T[] items)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            items.AsSpan(0, _count).Clear();
        ArrayPool<T>.Shared.Return(items);
    }
}
