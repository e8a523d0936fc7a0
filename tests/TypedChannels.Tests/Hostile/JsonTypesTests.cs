using System.Text.Json;
using CsCheck;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Hostile;

/// <summary>Values of another kind than the record says, in every place of a record with every type.</summary>
public class JsonTypesTests
{
    // A tilde is in no number, date, name of an enum's member, nor base64.
    private static readonly Gen<string> Unparsable = Gen.String[Gen.Char['a', 'z'], 0, 30].Select(text => $"\"~{text}~\"");

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.OneOf("\"\"", "\"1\"", "\"true\"", "\"null\"", "\"NaN\"", "\"[]\"", "\"{}\""),
        Gen.String.Where(IsWhole).Select(text => JsonSerializer.Serialize(text)));

    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.OneOf("0", "-0", "1", "1e400", "-1.5e-7"),
        Gen.Int.Select(number => number.ToString(null, null)),
        Gen.Double.Where(double.IsFinite).Select(number => JsonSerializer.Serialize(number)));

    private static readonly Gen<string> AnyValue = Gen.Recursive<string>((depth, inner) => depth > 3
        ? Number
        : Gen.OneOf(Gen.OneOf("null", "true", "false"), Number, AnyText, Array(inner), Object(inner)));

    public static TheoryData<string, string, string> Places =>
        new(JsonPlace.All.Select(place => new TheoryDataRow<string, string, string>(place.Member, place.Around, place.Good)));

    [Theory]
    [MemberData(nameof(Places))]
    public async Task J20_A_value_of_the_right_kind_is_taken(string member, string around, string good)
    {
        await using var attack = await Attack.StartAsync();
        var place = JsonPlace.All.Single(place => (place.Member, place.Around) == (member, around));
        await attack.AcceptsMessageAsync<Everything>("everything", place.With(good));
        if (place.Takes.HasFlag(JsonKinds.Null))
            await attack.AcceptsMessageAsync<Everything>("everything", place.With("null"));
    }

    [Fact]
    public async Task J20_A_value_of_a_wrong_kind_is_refused_in_every_place()
    {
        await using var attack = await Attack.StartAsync();
        foreach (var place in JsonPlace.All)
        {
            string[] values = ["null", "true", "false", "0", "1.5", "\"~~\"", "[]", "[[]]", "{}", "{\"a\":1}"];
            foreach (var value in values.Where(value => !place.Takes.HasFlag(KindOf(value)) || (place.IsParsed && value == "\"~~\"")))
                await attack.RefusesMessageAsync("everything", place.With(value));
        }
    }

    [Fact]
    public async Task J20_No_random_value_of_a_wrong_kind_reaches_a_handler()
    {
        await using var attack = await Attack.StartAsync();
        var wrong = Gen.OneOf(JsonPlace.All.Where(place => place.Takes != JsonKinds.Any).ToArray())
            .SelectMany(place => Wrong(place).Select(value => (place, value)));
        await wrong.SampleAsync(
            async input => await attack.RefusesMessageAsync("everything", input.place.With(input.value)),
            iter: 3_000, threads: 1, print: input => input.place.With(input.value));
    }

    [Fact]
    public void J20_Every_member_is_among_the_places()
    {
        var members = typeof(Everything).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        Assert.Equal(members.Order(StringComparer.Ordinal), JsonPlace.All.Select(place => place.Member).Distinct().Order(StringComparer.Ordinal));
    }

    private static Gen<string> Wrong(JsonPlace place)
    {
        var values = AnyValue.Where(value => !place.Takes.HasFlag(KindOf(value)));
        return place.IsParsed ? Gen.OneOf(values, Unparsable) : values;
    }

    private static Gen<string> Array(Gen<string> inner) => inner.Array[0, 4].Select(items => $"[{string.Join(',', items)}]");

    // The names differ, so that it is the kind that is refused.
    private static Gen<string> Object(Gen<string> inner) =>
        inner.Array[0, 4].Select(items => $"{{{string.Join(',', items.Select((item, index) => $"\"k{index}\":{item}"))}}}");

    private static JsonKinds KindOf(string value) => value[0] switch
    {
        'n' => JsonKinds.Null,
        't' or 'f' => JsonKinds.Boolean,
        '"' => JsonKinds.Text,
        '[' => JsonKinds.Array,
        '{' => JsonKinds.Object,
        _ => JsonKinds.Number,
    };

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i += char.IsHighSurrogate(text[i]) ? 2 : 1)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])))
                return false;
        }
        return true;
    }
}
