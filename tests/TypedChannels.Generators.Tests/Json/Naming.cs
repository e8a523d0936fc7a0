using System.Text.Json;
using CsCheck;

namespace TypedChannels.Generators.Tests.Json;

/// <summary>Names are computed at compile time, and must be those that System.Text.Json computes at run time.</summary>
public sealed class Naming
{
    public static TheoryData<string> Policies => ["CamelCase", "SnakeCaseLower", "SnakeCaseUpper", "KebabCaseLower", "KebabCaseUpper"];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Is_that_of_the_policy(string policy)
    {
        var kind = Enum.Parse<JsonNamingPolicyKind>(policy);
        var oracle = (JsonNamingPolicy)typeof(JsonNamingPolicy).GetProperty(policy)!.GetValue(null)!;
        foreach (var name in new[] { "Id", "ID", "IDs", "UserID", "userId", "XMLReader", "A", "AB", "ABc", "aB", "A1B", "a1b", "HTTPServer2X", "_Foo", "Foo_Bar", "FOO_BAR", "AB_", "__", "I", "Iı", "İstanbul", "ǅX", "ÉAb", "Größe" })
            Assert.Equal(oracle.ConvertName(name), JsonNaming.Convert(name, kind));

        Gen.String[Gen.Char["aAbBzZ019_ıİIiéÉßǅʰ中\u0301"], 1, 9].Sample(name => oracle.ConvertName(name) == JsonNaming.Convert(name, kind));
    }
}
