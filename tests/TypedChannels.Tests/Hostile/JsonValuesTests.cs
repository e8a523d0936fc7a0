using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Hostile;

/// <summary>Numbers, dates and the like at and beyond the ends of their types; metadata that other serialisers act on.</summary>
public class JsonValuesTests
{
    private static readonly string[] Numbers =
    [
        "byte", "sByte", "int16", "uInt16", "int32", "uInt32", "int64", "uInt64", "int128", "uInt128", "half", "single", "double", "decimal", "nullableInt32",
    ];

    public static TheoryData<string> NumberMembers => new(Numbers);

    [Theory]
    [MemberData(nameof(NumberMembers))]
    public async Task J09_What_is_no_number_of_JSON_is_refused(string member)
    {
        await using var attack = await Attack.StartAsync();
        foreach (var token in new[] { "0x1", "01", "-01", "1.", ".5", "+1", "1e", "--1", "NaN", "-NaN", "Infinity", "-Infinity", "1_0", "1n", "1f", "\u0661" })
            await attack.RefusesAsync($$$"""{"channel":"everything","message":{"{{{member}}}":{{{token}}}}}""", ConnectionErrors.InvalidJson);
    }

    [Theory]
    [MemberData(nameof(NumberMembers))]
    public async Task J09_A_number_out_of_its_types_range_is_refused(string member)
    {
        await using var attack = await Attack.StartAsync(options => options.MaxMessageBytes = 1024 * 1024);
        foreach (var token in new[] { "1e400", "-1e400", "1e2147483648", new string('9', 1000), new string('9', 100_000) })
            await attack.RefusesMessageAsync("everything", $$"""{"{{member}}":{{token}}}""");
    }

    [Theory]
    [InlineData("byte", "256", "-1", "0.5", "1e-400")]
    [InlineData("sByte", "128", "-129")]
    [InlineData("int16", "32768", "-32769")]
    [InlineData("uInt16", "65536", "-1")]
    [InlineData("int32", "2147483648", "-2147483649", "1.5", "1.0", "1e0", "1e-400", "9223372036854775808")]
    [InlineData("uInt32", "4294967296", "-1")]
    [InlineData("int64", "9223372036854775808", "-9223372036854775809", "1e3")]
    [InlineData("uInt64", "18446744073709551616", "-1")]
    [InlineData("int128", "170141183460469231731687303715884105728", "-170141183460469231731687303715884105729")]
    [InlineData("uInt128", "340282366920938463463374607431768211456", "-1")]
    [InlineData("half", "65520", "-65520")]
    [InlineData("single", "3.5e38", "-3.5e38")]
    [InlineData("double", "1.8e308", "-1.8e308")]
    [InlineData("decimal", "79228162514264337593543950336", "-79228162514264337593543950336", "1e29")]
    public async Task J09_The_first_number_that_does_not_fit_is_refused(string member, params string[] tokens)
    {
        await using var attack = await Attack.StartAsync();
        foreach (var token in tokens)
            await attack.RefusesMessageAsync("everything", $$"""{"{{member}}":{{token}}}""");
    }

    [Fact]
    public async Task J09_The_last_numbers_that_fit_are_taken_as_they_are()
    {
        await using var attack = await Attack.StartAsync();
        var least = await attack.AcceptsMessageAsync<Everything>("everything", """
            {"sByte":-128,"int32":-2147483648,"int64":-9223372036854775808,"int128":-170141183460469231731687303715884105728,"half":-65504,
            "single":-3.4028235e38,"double":-1.7976931348623157e308,"decimal":-79228162514264337593543950335}
            """);
        Assert.Equal((sbyte.MinValue, int.MinValue, long.MinValue, Int128.MinValue), (least.SByte, least.Int32, least.Int64, least.Int128));
        Assert.Equal((Half.MinValue, float.MinValue, double.MinValue, decimal.MinValue), (least.Half, least.Single, least.Double, least.Decimal));
        var zero = await attack.AcceptsMessageAsync<Everything>("everything", """{"int32":-0,"half":1e-400,"single":-1e-400,"double":-0,"decimal":1e-400}""");
        Assert.Equal((0, (Half)0, 0m), (zero.Int32, zero.Half, zero.Decimal));
        Assert.True(float.IsNegative(zero.Single));
        Assert.True(double.IsNegative(zero.Double));
        var exact = await attack.AcceptsMessageAsync<Everything>("everything", $$"""{"double":0.{{new string('3', 1000)}},"element":{{new string('9', 1000)}}}""");
        Assert.Equal((1.0 / 3, 1000), (exact.Double, exact.Element.GetRawText().Length));
    }

    [Theory]
    [InlineData("level", "\"\"", "\"Middle\"", "\"0\"", "\"99\"", "\"-1\"", "0", "99", "2147483648")]
    [InlineData("options", "\"4\"", "\"Fast|Cheap\"", "3", "-1")]
    [InlineData("guid", "\"\"", "\"00112233445566778899aabbccddeeff\"", "\"{00112233-4455-6677-8899-aabbccddeeff}\"", "\"00112233-4455-6677-8899-aabbccddeef\"", "\"00112233-4455-6677-8899-aabbccddeeffa\"", "\"g0112233-4455-6677-8899-aabbccddeeff\"")]
    [InlineData("dateTime", "\"\"", "\"10000-01-01T00:00:00\"", "\"0000-01-01T00:00:00\"", "\"2023-02-29T00:00:00\"", "\"2024-13-01T00:00:00\"", "\"2024-01-01T25:00:00\"", "\"2024-01-01T00:00:00+99:00\"", "\"-2024-01-01\"", "\"01/02/2024\"", "0")]
    [InlineData("dateTimeOffset", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"", "\"2024-01-01T00:00:00+15:00\"", "\"2024-01-01T00:00:60Z\"")]
    [InlineData("dateOnly", "\"\"", "\"10000-01-01\"", "\"0000-01-01\"", "\"2023-02-29\"", "\"2024-01-01T00:00:00\"")]
    [InlineData("timeOnly", "\"\"", "\"24:00:00\"", "\"-00:00:01\"", "\"1.00:00:00\"", "\"23:59:60\"")]
    [InlineData("timeSpan", "\"\"", "\"10675199.02:48:05.4775808\"", "\"-10675199.02:48:05.4775809\"", "\"24:00:00\"", "\"00:60:00\"", "\"99999999999999999999.00:00:00\"")]
    [InlineData("version", "\"\"", "\"1\"", "\"-1.0\"", "\"2147483648.0\"", "\"1.2.3.4.5\"", "\" 1.0\"")]
    [InlineData("char", "\"\"", "\"ab\"", "\"\ud83d\ude42\"")]
    [InlineData("bytes", "\"A\"", "\"AAE\"", "\"****\"", "\"__-_\"", "\"AAE=AAE=\"")]
    public async Task J18_A_text_that_its_type_cannot_be_made_of_is_refused(string member, params string[] values)
    {
        await using var attack = await Attack.StartAsync(options => options.MaxMessageBytes = 1024 * 1024);
        foreach (var value in values.Append($"\"{new string('9', 100_001)}\""))
            await attack.RefusesMessageAsync("everything", $$"""{"{{member}}":{{value}}}""");
    }

    [Theory]
    [InlineData("\"http://[\"")]
    [InlineData("\"http://a:99999\"")]
    public async Task J18_A_text_that_is_no_address_is_refused(string value)
    {
        await using var attack = await Attack.StartAsync();
        await attack.RefusesMessageAsync("everything", $$"""{"uri":{{value}}}""");
    }

    [Theory]
    [InlineData("High")]
    [InlineData("high")]
    [InlineData(" High ")]
    [InlineData("Low,High")]
    [InlineData("High,")]
    public async Task J18_Names_of_enum_members_are_read_as_System_Text_Json_reads_them(string text)
    {
        await using var attack = await Attack.StartAsync();
        var everything = await attack.AcceptsMessageAsync<Everything>("everything", $$"""{"level":"{{text}}"}""");
        Assert.Equal(Level.High, everything.Level);
    }

    [Fact]
    public async Task J18_The_ends_of_a_type_are_taken_as_they_are()
    {
        await using var attack = await Attack.StartAsync();
        var most = await attack.AcceptsMessageAsync<Everything>("everything", """
            {"guid":"ffffffff-ffff-ffff-ffff-ffffffffffff","dateTime":"9999-12-31T23:59:59.9999999","dateTimeOffset":"9999-12-31T23:59:59.9999999Z",
            "dateOnly":"9999-12-31","timeOnly":"23:59:59.9999999","timeSpan":"-10675199.02:48:05.4775808","version":"2147483647.0",
            "char":"\uffff","options":"Fast, Cheap","level":"High"}
            """);
        Assert.Equal((Guid.AllBitsSet, DateTime.MaxValue, DateTimeOffset.MaxValue), (most.Guid, most.DateTime, most.DateTimeOffset));
        Assert.Equal((DateOnly.MaxValue, TimeOnly.MaxValue, TimeSpan.MinValue), (most.DateOnly, most.TimeOnly, most.TimeSpan));
        Assert.Equal((new Version(int.MaxValue, 0), '\uffff', Options.Fast | Options.Cheap, Level.High), (most.Version, most.Char, most.Options, most.Level));
    }

    [Fact]
    public async Task J16_Metadata_of_other_serialisers_means_nothing_and_loads_no_type()
    {
        var sought = new Seen<string>();
        ResolveEventHandler seek = (_, asked) =>
        {
            sought.Add(asked.Name);
            return null;
        };
        AppDomain.CurrentDomain.AssemblyResolve += seek;
        AppDomain.CurrentDomain.TypeResolve += seek;
        await using var attack = await Attack.StartAsync();

        const string Type = "\"$type\":\"Evil.Type, Evil.Assembly\"";
        var say = await attack.AcceptsMessageAsync<Say>("say", $$"""{ {{Type}},"$id":"1","$ref":"1","$values":[],"__type":"Evil.Type, Evil.Assembly","text":"x"}""");
        Assert.Equal(new Say("x"), say);
        var part = await attack.AcceptsMessageAsync<Everything>("everything", $$"""{"part":{"$id":"1",{{Type}},"id":1,"next":{"$id":"2","id":2,"next":{"id":3,"$ref":"1"} } } }""");
        Assert.Equal(new Part(1, new Part(2, new Part(3))), part.Part);
        var keys = await attack.AcceptsMessageAsync<Everything>("everything", """{"dictionary":{"$ref":1,"$id":2,"$type":3}}""");
        Assert.Equal(["$id", "$ref", "$type"], keys.Dictionary.Keys.Order(StringComparer.Ordinal));
        var free = await attack.AcceptsMessageAsync<Free>("free", $$"""{"value":{ {{Type}} } }""");
        Assert.Equal($$"""{ {{Type}} }""", free.Value.GetRawText());

        AppDomain.CurrentDomain.AssemblyResolve -= seek;
        AppDomain.CurrentDomain.TypeResolve -= seek;
        Assert.DoesNotContain(sought.All, name => name.Contains("Evil", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("say", """{"text":{"$ref":"1"}}""")]
    [InlineData("everything", """{"list":{"$id":"1","$values":["x"]}}""")]
    [InlineData("everything", """{"array":{"$ref":"1"}}""")]
    [InlineData("everything", """{"nullablePart":{"$ref":"1"}}""")]
    [InlineData("everything", """{"nullablePart":{"$type":"TypedChannels.Tests.Contracts.Part"}}""")]
    [InlineData("everything", """{"dictionary":{"$id":"1"}}""")]
    public async Task J16_Metadata_in_place_of_a_value_is_refused(string channel, string message)
    {
        await using var attack = await Attack.StartAsync();
        await attack.RefusesMessageAsync(channel, message);
    }
}
