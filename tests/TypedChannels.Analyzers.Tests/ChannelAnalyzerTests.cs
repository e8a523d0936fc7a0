using TypedChannels.Generators.Tests;

namespace TypedChannels.Analyzers.Tests;

public class ChannelAnalyzerTests
{
    [Fact]
    public Task Accepts_the_sample() => Diagnosis.Expect(Samples.Chat.Replace("using TypedChannels;", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null!")]
    public Task Empty_name_is_TCH0001(string name) => Diagnosis.Expect($$"""[Channel({|TCH0001:{{name}}|})] public record M(int X);""");

    [Fact]
    public Task Name_of_128_bytes_is_accepted() =>
        Diagnosis.Expect($$"""[Channel("{{new string('é', 64)}}")] public record M(int X);""");

    [Fact]
    public Task Name_of_129_bytes_is_TCH0002() =>
        Diagnosis.Expect($$"""[Channel({|TCH0002:"{{new string('é', 64)}}a"|})] public record M(int X);""");

    [Theory]
    [InlineData("\"a\\nb\"")]
    [InlineData("\"a\\u0085b\"")]
    [InlineData("\"a\\ud800\"")]
    [InlineData("\"\\udc00a\"")]
    [InlineData("\"a\\u0000\"")]
    public Task Control_character_or_lone_surrogate_is_TCH0003(string name) =>
        Diagnosis.Expect($$"""[Channel({|TCH0003:{{name}}|})] public record M(int X);""");

    [Theory]
    [InlineData("\"a\\\"b\"")]
    [InlineData("\"a\\\\b\"")]
    [InlineData("\"größe 🙂\"")]
    [InlineData("@\"a\"\"b\"")]
    public Task Quotes_backslashes_and_other_scripts_are_accepted(string name) =>
        Diagnosis.Expect($$"""[Channel({{name}})] public record M(int X);""");

    [Fact]
    public Task Reserved_prefix_is_TCH0004() => Diagnosis.Expect("""[Channel({|TCH0004:"_system:chat"|})] public record M(int X);""");

    [Theory]
    [InlineData("_system")]
    [InlineData("_System:chat")]
    [InlineData("a_system:")]
    public Task Name_that_only_resembles_the_reserved_prefix_is_accepted(string name) =>
        Diagnosis.Expect($$"""[Channel("{{name}}")] public record M(int X);""");

    [Fact]
    public Task Second_record_of_a_channel_is_TCH0005() => Diagnosis.Expect("""
        [Channel({|TCH0005:"a"|}, MemberName = "Other")] public record B(int X);
        [Channel("a")] public record A(int X);
        """);

    [Fact]
    public Task Names_that_differ_in_case_only_are_TCH0016_at_the_later_one() => Diagnosis.Expect("""
        [Channel("a:b")] public record A(int X);
        [Channel({|TCH0016:"a:B"|}, MemberName = "Ab")] public record B(int X);
        [Channel({|TCH0016:"A:B"|}, MemberName = "C")] public record C(int X);
        """);

    [Theory]
    [InlineData("a:b", "a b")]
    [InlineData("straße", "STRASSE")]
    [InlineData("i", "ı")]
    public Task Names_that_differ_in_more_than_case_are_accepted(string one, string other) => Diagnosis.Expect($$"""
        [Channel("{{one}}")] public record A(int X);
        [Channel("{{other}}", MemberName = "Other")] public record B(int X);
        """);

    [Theory]
    [InlineData("connect")]
    [InlineData("disconnect")]
    [InlineData("reconnecting")]
    [InlineData("reconnected")]
    [InlineData("message error")]
    [InlineData("!?")]
    [InlineData("1st")]
    public Task Name_that_gives_no_member_name_is_TCH0006(string name) =>
        Diagnosis.Expect($$"""[Channel({|TCH0006:"{{name}}"|})] public record M(int X);""");

    [Theory]
    [InlineData("")]
    [InlineData("Connect")]
    [InlineData("a b")]
    [InlineData("1st")]
    [InlineData("a\u200db")]
    public Task Unusable_MemberName_is_TCH0006_at_its_value(string member) =>
        Diagnosis.Expect($$"""[Channel("fine", MemberName = {|TCH0006:"{{member}}"|})] public record M(int X);""");

    [Theory]
    [InlineData("connect")]
    [InlineData("1st")]
    public Task MemberName_helps(string name) => Diagnosis.Expect($$"""[Channel("{{name}}", MemberName = "Fine")] public record M(int X);""");

    [Fact]
    public Task Two_channels_of_one_member_name_are_TCH0007() => Diagnosis.Expect("""
        [Channel("a:b")] public record A(int X);
        [Channel({|TCH0007:"a b"|})] public record B(int X);
        [Channel("c", MemberName = {|TCH0007:"AB"|})] public record C(int X);
        """);

    [Fact]
    public Task Abstract_record_with_derived_types_is_accepted() => Diagnosis.Expect("""
        [Channel("m")] [System.Text.Json.Serialization.JsonDerivedType(typeof(N), "n")] public abstract record M(int X);
        public sealed record N(int X, int Y) : M(X);
        [ChannelClient] public partial class C;
        """);

    [Fact]
    public async Task Message_shows_what_a_name_has_that_cannot_be_shown()
    {
        var diagnostics = await Diagnosis.Analyze(new Project("App", """[TypedChannels.Channel("le\nft\u2028")] public record M(int X);"""));
        Assert.Contains("'le\\u000Aft\\u2028'", Assert.Single(diagnostics).GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public abstract record {|TCH0011:M|}(int X);")]
    [InlineData("public static class {|TCH0011:M|};")]
    [InlineData("public record {|TCH0011:M|}<T>(T X);")]
    [InlineData("public ref struct {|TCH0011:M|};")]
    [InlineData("file record {|TCH0011:M|}(int X);")]
    [InlineData("public class {|TCH0011:M|} : System.Collections.Generic.List<int>;")]
    public Task Type_that_cannot_be_a_message_is_TCH0011(string declaration) => Diagnosis.Expect($"[Channel(\"m\")] {declaration}");

    [Theory]
    [InlineData("private")]
    [InlineData("protected")]
    [InlineData("private protected")]
    public Task Nested_record_that_the_project_cannot_see_is_TCH0011(string accessibility) =>
        Diagnosis.Expect($$"""public class Outer { [Channel("m")] {{accessibility}} record {|TCH0011:M|}(int X); }""");

    [Fact]
    public Task Record_in_a_generic_type_is_TCH0011() =>
        Diagnosis.Expect("""public class Outer<T> { [Channel("m")] public record {|TCH0011:M|}(int X); }""");

    [Theory]
    [InlineData("public sealed record M(int X);")]
    [InlineData("internal class M { public int X { get; set; } }")]
    [InlineData("public readonly record struct M(int X);")]
    [InlineData("public struct M { public int X { get; set; } }")]
    [InlineData("internal partial record M;")]
    public Task Records_classes_and_structs_are_accepted(string declaration) => Diagnosis.Expect($"[Channel(\"m\")] {declaration}");

    [Fact]
    public Task Negative_MaxBytes_is_TCH0012() =>
        Diagnosis.Expect("""[Channel("m", MaxBytes = {|TCH0012:-1|})] public record M(int X);""");

    [Theory]
    [InlineData("0")]
    [InlineData("int.MaxValue")]
    public Task MaxBytes_may_be_zero_or_more(string value) => Diagnosis.Expect($$"""[Channel("m", MaxBytes = {{value}})] public record M(int X);""");

    [Theory]
    [InlineData("(ChannelDirection)3")]
    [InlineData("(ChannelDirection)(-1)")]
    [InlineData("ChannelDirection.ToServer | ChannelDirection.ToClient")]
    public Task Direction_of_no_name_is_TCH0012(string value) =>
        Diagnosis.Expect($$"""[Channel("m", Direction = {|TCH0012:{{value}}|})] public record M(int X);""");

    [Theory]
    [InlineData("ChannelDirection.Both")]
    [InlineData("ChannelDirection.ToServer")]
    [InlineData("ChannelDirection.ToClient")]
    [InlineData("missing")]
    public Task Direction_that_has_a_name_or_does_not_compile_is_accepted(string value) =>
        Diagnosis.Expect($$"""[Channel("m", Direction = {{value}})] public record M(int X);""");

    [Fact]
    public async Task TCH0012_says_which_argument_it_is_and_what_it_may_be()
    {
        var found = await Diagnosis.Analyze(new("App", "[TypedChannels.Channel(\"m\", MaxBytes = -2, Direction = (TypedChannels.ChannelDirection)7)] public record M(int X);"));
        Assert.Equal(
            ["Direction is 7; it must be Both, ToServer or ToClient", "MaxBytes is -2; it must be 0 (the connection's own limit) or more"],
            found.Select(d => d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public Task All_mistakes_of_one_record_are_reported_at_once() =>
        Diagnosis.Expect("""[Channel({|TCH0001:""|}, MaxBytes = {|TCH0012:-1|})] public abstract record {|TCH0011:M|}(int X);""");
}
