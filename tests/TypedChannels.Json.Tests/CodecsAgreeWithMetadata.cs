using System.Text;
using CsCheck;
using TypedChannels.Json.Tests.Corpus;
using TypedChannels.Json.Tests.Oracle;

namespace TypedChannels.Json.Tests;

/// <summary>The codecs that read and write directly, beside the metadata that counts where they refuse.</summary>
public sealed class CodecsAgreeWithMetadata
{
    private const string Ordinary = """
        Annotated Boxes ByReference Chat Circle Concrete ConstructorAndSetters Derived Empty EveryInit ExplicitInterface
        GenericBases GenericStructs GetterOverridden Guid IgnoredAndUnmapped IgnoredAtTimes IgnoredParameter InArrays
        InGlobalNamespace InLists InPairs Init Internal InternalMarked Level3 Link Lists ManyNames ManyOrders ManyParameters
        Marked MarkedAmong MarkedStruct Message Mixture Mutual Named Node Normalising Nullability Oblivious OddNames OfBoolean
        OfByte OfBytes OfChar OfDateOnly OfDateTime OfDateTimeOffset OfDecimal OfDouble OfEnumOfByte OfEnumOfInt OfEnumOfLong
        OfEnumOfSbyte OfEnumOfShort OfEnumOfUint OfEnumOfUlong OfEnumOfUshort OfGuid OfInt16 OfInt32 OfInt64 OfSByte OfSingle
        OfString OfTimeOnly OfTimeSpan OfUInt16 OfUInt32 OfUInt64 OfUri OneConstructor OneName OneNameTwice Optional Ordered
        OtherCase Pages PairsOfPairs Picky Plain Point ReadOnlyStruct RenamedParameters Required RequiredAndConstructor
        RequiredInBase RequiredStruct Scalars SetsRequired SetsRequiredWithParameters Setters Shell+Nested Sparse Strict
        StrictOuter StrictStruct StructsInStructs Throwing Unmapped Wide WithDefault WithObsolete WriteOnly
        """;

    public static TheoryData<string> Types => new(CodecCase.All.Select(c => c.Name));

    [Theory]
    [MemberData(nameof(Types))]
    public void Writes_the_same_bytes(string type)
    {
        foreach (var (codec, metadata) in CodecCase.Named(type).Written())
            Assert.Equal(metadata, codec);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Makes_the_same_of_good_and_of_hostile_input(string type)
    {
        var found = CodecCase.Named(type);
        foreach (var text in found.Texts)
        {
            AssertSame(found, Encoding.UTF8.GetBytes(text));
            AssertSame(found, Spaced(text));
            foreach (var input in Mutations.Of(text))
                AssertSame(found, input);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Makes_the_same_of_a_change_of_any_byte(string type)
    {
        var found = CodecCase.Named(type);
        foreach (var text in found.Texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var i = 0; i < bytes.Length; i++)
            {
                foreach (var other in "\"\\{}[],:0-9.eEtn /\u0001\u0080ÿ"u8)
                    AssertSame(found, [.. bytes[..i], other, .. bytes[(i + 1)..]]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Makes_the_same_of_inputs_hostile_in_several_places(string type)
    {
        var found = CodecCase.Named(type);
        var single = found.Texts.SelectMany(Mutations.Of).ToArray();
        // Two hostile inputs are cut and joined anywhere.
        Gen.Select(Gen.Int[0, single.Length - 1], Gen.Int[0, single.Length - 1], Gen.Double[0, 1])
            .Sample(
                (first, second, part) =>
                {
                    var cut = (int)(part * single[first].Length);
                    AssertSame(found, [.. single[first][..cut], .. single[second][Math.Min(cut, single[second].Length)..]]);
                },
                iter: 2_000);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Makes_the_same_of_what_is_no_object(string type)
    {
        foreach (var text in new[] { "", " ", "null", "1", "\"x\"", "[]", "[{}]", "true", "{}", "{\"x\":1}", "{}{}", "\uFEFF{}", "{", "{\"", "{\"x", "{\"x\"", "{\"x\":", "{ ", "{,}" })
            AssertSame(CodecCase.Named(type), Encoding.UTF8.GetBytes(text));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(10_000)]
    public void Makes_the_same_of_nesting(int depth)
    {
        var link = CodecCase.All.Single(c => c.Name.EndsWith(".Link", StringComparison.Ordinal));
        AssertSame(link, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"id\":1,\"next\":", depth)) + "null" + new string('}', depth)));
        AssertSame(link, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{ \"id\":1,\"next\":", depth)) + "null" + new string('}', depth)));
        // In a member that nobody reads.
        AssertSame(link, Encoding.UTF8.GetBytes("{\"id\":1,\"next\":null,\"x\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}"));
    }

    [Fact]
    public void Makes_the_same_of_random_values() =>
        Gen.Select(
            Gen.Select(Gen.String, Gen.Char, Gen.Byte.Array, Gen.Enum<Mood>(), Gen.Byte),
            Gen.Select(Gen.Double, Gen.Single, Gen.Decimal, Gen.Long, Gen.ULong),
            Gen.Select(Gen.Int.Nullable(), Gen.UInt, Gen.Short, Gen.Guid, Gen.DateTime),
            Gen.Select(Gen.DateTimeOffset, Gen.DateOnly, Gen.TimeOnly, Gen.TimeSpan, Gen.Enum<DateTimeKind>()))
            .Sample(
                (texts, numbers, others, times) => AssertSame(new Scalars
                {
                    String = texts.Item1, Char = texts.Item2, Bytes = texts.Item3, Mood = texts.Item4, Rights = (Rights)(texts.Item5 & 7),
                    Double = numbers.Item1, Single = numbers.Item2, Decimal = numbers.Item3, Int64 = numbers.Item4, UInt64 = numbers.Item5,
                    NullableInt = others.Item1, UInt32 = others.Item2, Int16 = others.Item3, Guid = others.Item4,
                    DateTime = DateTime.SpecifyKind(others.Item5, times.Item5), DateTimeOffset = times.Item1, DateOnly = times.Item2, TimeOnly = times.Item3,
                    TimeSpan = times.Item4,
                }),
                iter: 5_000);

    [Theory]
    [InlineData("0123456789.-+eE", "double", "single", "decimal", "int64", "uInt64", "int32", "byte", "nullableInt")]
    [InlineData("0123456789-:.TZ+", "dateTime", "dateTimeOffset", "dateOnly", "timeOnly", "timeSpan", "guid")]
    [InlineData("\\\"nu/bdD08cCfé\u0001", "string", "char", "uri", "mood", "bytes")]
    public void Makes_the_same_of_random_text(string letters, params string[] members)
    {
        var scalars = CodecCase.All.OfType<CodecCase<Scalars>>().Single();
        var quote = letters.Contains("-+e", StringComparison.Ordinal) ? "" : "\"";
        Gen.Char[letters].Array[0, 24].Sample(
            text =>
            {
                foreach (var member in members)
                    AssertSame(scalars, Encoding.UTF8.GetBytes($"{{\"{member}\":{quote}{new string(text)}{quote}}}"));
            },
            iter: 5_000);
    }

    [Fact]
    public void Makes_the_same_of_text_that_is_nearly_a_time()
    {
        var scalars = CodecCase.All.OfType<CodecCase<Scalars>>().Single();
        string[] times =
        [
            "2024-02-29T23:59:59.9999999Z", "2024-02-29T23:59:59.5+01:30", "2024-02-29", "9999-12-31", "0001-01-01", "0000-01-01", "2024-13-01", "2023-02-29", "23:59:59",
            "23:59:59.9999999", "24:00:00", "1.02:03:04", "-1.02:03:04.5", "10675199.02:48:05.4775807", "00:00:60", "0:00:00", "+00:00:00", " 00:00:00", "00:00:00 ", "00:00:00.1",
            "00:00:00.12345678", "00112233-4455-6677-8899-AABBCCDDEEFF", "00112233-4455-6677-8899-AABBCCDDEEF", "(00112233-4455-6677-8899-AABBCCDDEEFF)",
        ];
        foreach (var time in times)
        {
            foreach (var member in new[] { "dateTime", "dateTimeOffset", "dateOnly", "timeOnly", "timeSpan", "guid", "nullableDate" })
            {
                for (var length = 0; length <= time.Length; length++)
                    AssertSame(scalars, Encoding.UTF8.GetBytes($"{{\"{member}\":\"{time[..length]}\"}}"));
            }
        }
    }

    [Fact]
    public void Ordinary_records_go_directly() => Assert.Equal(
        Ordinary.Split((string[])[" ", "\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries),
        CodecCase.All.Where(c => c.IsDirect).Select(c => c.Name[(c.Name.LastIndexOf('.') + 1)..]).Order(StringComparer.Ordinal));

    private static byte[] Spaced(string text) => Encoding.UTF8.GetBytes(
        " \n" + text.Replace("\":", "\" :\t", StringComparison.Ordinal).Replace(",\"", " ,\r\n \"", StringComparison.Ordinal).Replace("}", " } ", StringComparison.Ordinal));

    private static void AssertSame(Scalars value)
    {
        var scalars = CodecCase.All.OfType<CodecCase<Scalars>>().Single();
        var (codec, metadata) = scalars.Written(value);
        Assert.Equal(metadata, codec);
        AssertSame(scalars, Encoding.UTF8.GetBytes(codec));
    }

    private static void AssertSame(CodecCase type, ReadOnlySpan<byte> input)
    {
        var (codec, metadata) = type.Read(input);
        Assert.True(codec == metadata, $"{type.Name} of {Encoding.UTF8.GetString(input)}\ncodec:    {codec}\nmetadata: {metadata}");
    }
}
