using System.Text.Json.Serialization;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Values of the dictionaries, and of every key.</summary>
internal static class DictionaryCases
{
    private static readonly ChannelJsonContext Ours = ChannelJsonContext.Default;

    public static IEnumerable<Case> All =>
    [
        DictionaryOracle.Default.Case(Ours.InIDictionary, new InIDictionary(new Dictionary<string, int> { ["a"] = 1 }, new SortedList<int, string?> { [1] = null })),
        DictionaryOracle.Default.Case(Ours.InIReadOnlyDictionary, new InIReadOnlyDictionary(new Dictionary<string, int> { ["a"] = 1 }, new Dictionary<Mood, Point> { [Mood.SoSo] = new(1, "y") })),
        DictionaryOracle.Default.Case(Ours.InSortedDictionary, new InSortedDictionary(new() { ["b"] = 1, ["a"] = 2 }, new() { [1] = new("u", null, 1, null) })),
        DictionaryOracle.Default.Case(Ours.InSortedList, new InSortedList(new() { ["b"] = 1, ["a"] = 2 }, new() { ["z"] = 1, ["y"] = 2 })),
        DictionaryOracle.Default.Case(Ours.InConcurrentDictionary, new InConcurrentDictionary(new([new("a", 1)]), new([new(Guid.Empty, "g")]))),
        DictionaryOracle.Default.Case(Ours.InImmutableDictionary, new InImmutableDictionary(System.Collections.Immutable.ImmutableDictionary.CreateRange([KeyValuePair.Create("a", 1)]), null)),
        DictionaryOracle.Default.Case(Ours.InImmutableSortedDictionary, new InImmutableSortedDictionary(System.Collections.Immutable.ImmutableSortedDictionary.CreateRange([KeyValuePair.Create("b", 1), KeyValuePair.Create("a", 2)]), null)),
        DictionaryOracle.Default.Case(Ours.InDerivedDictionaries, new InDerivedDictionaries(new() { ["p"] = 1.50m }, new() { [1] = [Mood.Sad] }, new() { ["x"] = new() { ["y"] = new() { ["z"] = 1 } } })),
        DictionaryOracle.Default.Case(Ours.ByIntegers, new ByIntegers(new() { [255] = 1 }, new() { [-128] = 1 }, new() { [-1] = 1 }, new() { [1] = 1 })),
        DictionaryOracle.Default.Case(Ours.ByLargeIntegers, new ByLargeIntegers(new() { [-1] = 1 }, new() { [1] = 1 }, new() { [long.MinValue] = 1 }, new() { [ulong.MaxValue] = 1 })),
        DictionaryOracle.Default.Case(Ours.ByHugeIntegers, new ByHugeIntegers(new() { [Int128.MinValue] = 1 }, new() { [UInt128.MaxValue] = 1 })),
        DictionaryOracle.Default.Case(Ours.ByReals, new ByReals(new() { [0.1] = 1, [1e20] = 2, [-0.0] = 3, [double.Epsilon] = 4 }, new() { [0.1f] = 1, [float.MaxValue] = 2 }, new() { [(Half)1.5] = 1 }, new() { [1.10m] = 1 })),
        DictionaryOracle.Default.Case(Ours.ByBoolAndChar, new ByBoolAndChar(new() { [true] = 1, [false] = 2 }, new() { ['a'] = 1, ['"'] = 2, ['é'] = 3 })),
        DictionaryOracle.Default.Case(Ours.ByGuid, new ByGuid(new() { [Guid.Empty] = "g" })),
        DictionaryOracle.Default.Case(Ours.ByTimes, new ByTimes(
            new() { [DateTime.UnixEpoch] = 1 }, new() { [DateTimeOffset.UnixEpoch] = 1 }, new() { [new(2024, 2, 29)] = 1 }, new() { [new(12, 34, 56)] = 1 }, new() { [TimeSpan.FromSeconds(1.5)] = 1 })),
        DictionaryOracle.Default.Case(Ours.ByUriAndVersion, new ByUriAndVersion(new() { [new("http://example.org/a")] = 1 }, new() { [new(1, 2, 3)] = 1 })),
        DictionaryOracle.Default.Case(Ours.ByEnums, new ByEnums(new() { [Mood.SoSo] = 1 }, new() { [Rights.Read] = 1, [Rights.All] = 2 }, new() { [DayOfWeek.Friday] = 5 })),
        DictionaryOracle.Default.Case(Ours.InPairs, new InPairs(new("k", 1), [new(1, null), new(2, "v")], new(Mood.Sad, new(1, "y")))),
    ];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, MaxDepth = 32, Converters = [typeof(StrictEnums)], GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(InIDictionary))]
[JsonSerializable(typeof(InIReadOnlyDictionary))]
[JsonSerializable(typeof(InSortedDictionary))]
[JsonSerializable(typeof(InSortedList))]
[JsonSerializable(typeof(InConcurrentDictionary))]
[JsonSerializable(typeof(InImmutableDictionary))]
[JsonSerializable(typeof(InImmutableSortedDictionary))]
[JsonSerializable(typeof(InDerivedDictionaries))]
[JsonSerializable(typeof(ByIntegers))]
[JsonSerializable(typeof(ByLargeIntegers))]
[JsonSerializable(typeof(ByHugeIntegers))]
[JsonSerializable(typeof(ByReals))]
[JsonSerializable(typeof(ByBoolAndChar))]
[JsonSerializable(typeof(ByGuid))]
[JsonSerializable(typeof(ByTimes))]
[JsonSerializable(typeof(ByUriAndVersion))]
[JsonSerializable(typeof(ByEnums))]
[JsonSerializable(typeof(InPairs))]
internal sealed partial class DictionaryOracle : JsonSerializerContext;
