using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace TypedChannels.Json.Tests.Corpus;

[Channel("IDictionary")]
public sealed record InIDictionary(IDictionary<string, int> A, IDictionary<int, string?>? B);

[Channel("IReadOnlyDictionary")]
public sealed record InIReadOnlyDictionary(IReadOnlyDictionary<string, int> A, IReadOnlyDictionary<Mood, Point>? B);

[Channel("SortedDictionary")]
public sealed record InSortedDictionary(SortedDictionary<string, int> A, SortedDictionary<int, Chat>? B);

[Channel("SortedList")]
public sealed record InSortedList(SortedList<string, int> A, OrderedDictionary<string, int>? B);

[Channel("ConcurrentDictionary")]
public sealed record InConcurrentDictionary(ConcurrentDictionary<string, int> A, ConcurrentDictionary<Guid, string>? B);

[Channel("ImmutableDictionary")]
public sealed record InImmutableDictionary(ImmutableDictionary<string, int> A, IImmutableDictionary<string, int>? B);

[Channel("ImmutableSortedDictionary")]
public sealed record InImmutableSortedDictionary(ImmutableSortedDictionary<string, int> A, ImmutableSortedDictionary<int, string>? B);

public class Prices : Dictionary<string, decimal>;

public class OpenMap<TValue> : Dictionary<int, TValue>
{
    public string Note { get; set; } = "not written";
}

[Channel("derived dictionaries")]
public sealed record InDerivedDictionaries(Prices A, OpenMap<List<Mood>> B, Dictionary<string, Dictionary<string, Prices>>? C);

[Channel("keys: small integers")]
public sealed record ByIntegers(Dictionary<byte, int> A, Dictionary<sbyte, int> B, Dictionary<short, int> C, Dictionary<ushort, int> D);

[Channel("keys: integers")]
public sealed record ByLargeIntegers(Dictionary<int, int> A, Dictionary<uint, int> B, Dictionary<long, int> C, Dictionary<ulong, int> D);

[Channel("keys: huge integers")]
public sealed record ByHugeIntegers(Dictionary<Int128, int> A, Dictionary<UInt128, int> B);

[Channel("keys: reals")]
public sealed record ByReals(Dictionary<double, int> A, Dictionary<float, int> B, Dictionary<Half, int> C, Dictionary<decimal, int> D);

[Channel("keys: bool and char")]
public sealed record ByBoolAndChar(Dictionary<bool, int> A, Dictionary<char, int> B);

[Channel("keys: Guid")]
public sealed record ByGuid(Dictionary<Guid, string> A);

[Channel("keys: times")]
public sealed record ByTimes(Dictionary<DateTime, int> A, Dictionary<DateTimeOffset, int> B, Dictionary<DateOnly, int> C, Dictionary<TimeOnly, int> D, Dictionary<TimeSpan, int> E);

[Channel("keys: Uri and Version")]
public sealed record ByUriAndVersion(Dictionary<Uri, int> A, Dictionary<Version, int> B);

[Channel("keys: enums")]
public sealed record ByEnums(Dictionary<Mood, int> A, Dictionary<Rights, int> B, Dictionary<DayOfWeek, int>? C);

[Channel("pairs")]
public sealed record InPairs(KeyValuePair<string, int> A, List<KeyValuePair<int, string?>> B, KeyValuePair<Mood, Point>? C);
