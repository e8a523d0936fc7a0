namespace TypedChannels.Analyzers.Tests;

/// <summary>
/// Of every rule a mistake, told once and at its exact span, and what is almost the same and right: nothing is told of it. The rules' own
/// tests have more of both; here none can be without.
/// </summary>
public class RuleCaseTests
{
    private const string Chat = "[Channel(\"chat\")] public class Chat { public string Text { get; set; } = \"\"; } public class P; ";
    private const string Server = "[ChannelServer<P>] public partial class M(ServerOptions o) : Server<MConnection, P>(o) { ";
    private const string Ask = "[Channel(\"ask\", Direction = ChannelDirection.ToServer)] public record Ask(int X); public class P; ";
    private const string Tell = "public record Tell(int X); public class P; [ChannelServer<P>] public partial class M { public static void Main() { ";
    private const string Own = "public partial class C : System.Text.Json.Serialization.JsonSerializerContext; ";
    private const string Lists = "[System.Text.Json.Serialization.JsonSerializable(typeof(string))] ";

    private static readonly (string Id, string Mistaken, string Right)[] Cases =
    [
        ("TCH0001", "[Channel({|TCH0001:\"\"|})] public record M(int X);", "[Channel(\" \", MemberName = \"Blank\")] public record M(int X);"),
        ("TCH0002",
            $"[Channel({{|TCH0002:\"{new string('a', 129)}\"|}})] public record M(int X);",
            $"[Channel(\"{new string('a', 128)}\")] public record M(int X);"),
        ("TCH0003", "[Channel({|TCH0003:\"a\\tb\"|})] public record M(int X);", "[Channel(\"a\\\\tb\")] public record M(int X);"),
        ("TCH0004", "[Channel({|TCH0004:\"_system:a\"|})] public record M(int X);", "[Channel(\"_system\")] public record M(int X);"),
        ("TCH0005",
            "[Channel(\"a\")] public record L(int X); [Channel({|TCH0005:\"a\"|}, MemberName = \"Other\")] public record M(int X);",
            "[Channel(\"a\")] public record L(int X); [Channel(\"b\")] public record M(int X);"),
        ("TCH0006",
            "[Channel({|TCH0006:\"connect\"|})] public record M(int X);",
            "[Channel(\"connect\", MemberName = \"Join\")] public record M(int X);"),
        ("TCH0007",
            "[Channel(\"a:b\")] public record L(int X); [Channel({|TCH0007:\"a b\"|})] public record M(int X);",
            "[Channel(\"a:b\")] public record L(int X); [Channel(\"ab\")] public record M(int X);"),
        ("TCH0008", Chat + "[ChannelClient] public class {|TCH0008:M|};", Chat + "[ChannelClient] public partial class M;"),
        ("TCH0009", Chat + "[ChannelClient] public abstract partial class {|TCH0009:M|};", Chat + "[ChannelClient] public sealed partial class M;"),
        ("TCH0010",
            Chat + "public class Q(int x); [ChannelServer<{|TCH0010:Q|}>] public partial class M;",
            Chat + "public class Q(int x = 1); [ChannelServer<Q>] public partial class M;"),
        ("TCH0011", "[Channel(\"a\")] public abstract record {|TCH0011:M|}(int X);", "[Channel(\"a\")] public sealed record M(int X);"),
        ("TCH0012", "[Channel(\"a\", MaxBytes = {|TCH0012:-1|})] public record M(int X);", "[Channel(\"a\", MaxBytes = 0)] public record M(int X);"),
        ("TCH0013",
            Chat + "[ChannelClient(Contracts = [{|TCH0013:typeof(string)|}])] public partial class M;",
            Chat + "[ChannelClient(Contracts = [typeof(P)])] public partial class M;"),
        ("TCH0014", Chat + "[ChannelClient] public partial class {|TCH0014:M|};", Chat + "[ChannelServer<P>] public partial class M;"),
        ("TCH0015",
            Chat + "class Q; [ChannelServer<{|TCH0015:Q|}>] public partial class M;",
            Chat + "class Q; [ChannelServer<Q>] partial class M;"),
        ("TCH0016",
            "[Channel(\"a:b\")] public record L(int X); [Channel({|TCH0016:\"A:b\"|}, MemberName = \"Other\")] public record M(int X);",
            "[Channel(\"a:b\")] public record L(int X); [Channel(\"a:c\")] public record M(int X);"),
        ("TCH0020", "[Channel(\"a\")] public record M(object {|TCH0020:X|});", "[Channel(\"a\")] public record M(System.Text.Json.JsonElement X);"),
        ("TCH0021", "[Channel(\"a\")] public class {|TCH0021:M|} { private M() { } }", "[Channel(\"a\")] public class M { private M(int x) { } public M() { } }"),
        ("TCH0022",
            "[Channel(\"a\"), {|TCH0022:System.Text.Json.Serialization.JsonPolymorphic|}] public record M(int X);",
            "[Channel(\"a\"), System.Text.Json.Serialization.JsonPolymorphic, System.Text.Json.Serialization.JsonDerivedType(typeof(N), \"n\")] "
                + "public record M(int X); public record N(int X) : M(X);"),
        ("TCH0023",
            "[Channel(\"a\")] public record M(int X, [property: System.Text.Json.Serialization.JsonPropertyName(\"x\")] int {|TCH0023:Y|});",
            "[Channel(\"a\")] public record M(int X, [property: System.Text.Json.Serialization.JsonPropertyName(\"X\")] int Y);"),
        ("TCH0025",
            "[assembly: {|TCH0025:ChannelJson(ContextName = \"a b\")|}] [Channel(\"a\")] public record M(int X);",
            "[assembly: ChannelJson(ContextName = \"Ab\")] [Channel(\"a\")] public record M(int X);"),
        ("TCH0026",
            "[Channel(\"a\")] public class M { public int {|TCH0026:X|} { get; init; } = 1; }",
            "[Channel(\"a\")] public class M { public int X { get; set; } = 1; }"),
        ("TCH0027", "[Channel(\"a\")] public class M { public int {|TCH0027:X|}; }", "[Channel(\"a\")] public class M { internal int X; }"),
        ("TCH0028",
            "[assembly: ChannelJson(Context = typeof(C))] " + Lists + Own + "[Channel(\"a\")] public record M(object {|TCH0028:X|});",
            "[assembly: ChannelJson(Context = typeof(C))] [System.Text.Json.Serialization.JsonSerializable(typeof(object))] " + Own + "[Channel(\"a\")] public record M(object X);"),
        ("TCH0029",
            "[assembly: {|TCH0029:ChannelJson(Context = typeof(C))|}] " + Own + "[Channel(\"a\")] public record M(int X);",
            "[assembly: ChannelJson(Context = typeof(C))] " + Lists + Own + "[Channel(\"a\")] public record M(int X);"),
        ("TCH0030",
            "[Channel(\"a\")] public partial class {|TCH0030:M|} { public int X { get; set; } }",
            "[Channel(\"a\")] public class L { public int X { get; set; } } public partial class M { public int X { get; set; } }"),
        ("TCH0040",
            Chat + "[ChannelServer<P>] public partial class {|TCH0040:M|} { public static void Main() { } }",
            Chat + "[ChannelServer<P>] public partial class M { public static void Main() => new M(new()).OnChat += (_, _) => default; }"),
        ("TCH0041",
            "[Channel(\"tell\", Direction = {|TCH0041:ChannelDirection.ToClient|})] " + Tell + "} }",
            "[Channel(\"tell\", Direction = ChannelDirection.ToClient)] " + Tell + "_ = new M(new()).EmitTellAsync(new Tell(1)); } }"),
        ("TCH0042",
            Chat + Server + "public void A() => OnChat += (_, _) => { {|TCH0042:System.Threading.Thread.Sleep(1)|}; return default; }; }",
            Chat + Server + "public void A() { System.Threading.Thread.Sleep(1); OnChat += (_, _) => default; } }"),
        ("TCH0043",
            Chat + Server + "public void A() => {|TCH0043:EmitChatAsync(new Chat())|}; }",
            Chat + Server + "public System.Threading.Tasks.ValueTask A() => EmitChatAsync(new Chat()); }"),
        ("TCH0044",
            Chat + Server + "public void A() => OnMessageError += {|TCH0044:async|} (_, _) => await System.Threading.Tasks.Task.Yield(); }",
            Chat + Server + "public void A() => OnChat += async (_, _) => await System.Threading.Tasks.Task.Yield(); }"),
        ("TCH0045",
            Chat + Server + "public void A() { var m = new Chat(); _ = EmitChatAsync(m); {|TCH0045:m.Text|} = \"\"; } }",
            Chat + Server + "public void A() { var m = new Chat(); m.Text = \"\"; _ = EmitChatAsync(m); } }"),
        ("TCH0046",
            Ask + Server + "public System.Threading.Tasks.ValueTask A() => EmitAsync({|TCH0046:\"ask\"|}); }",
            Ask + Server + "public System.Threading.Tasks.ValueTask A() => EmitAsync(\"other\"); }"),
        ("TCH0047",
            Chat + "public class M { public string A() => {|TCH0047:System.Text.Json.JsonSerializer.Serialize(new Chat())|}; }",
            Chat + "public class M { public string A() => System.Text.Json.JsonSerializer.Serialize(new Chat(), App.ChannelJsonContext.Default.Chat); }"),
    ];

    public static TheoryData<string> Ids => [.. Cases.Select(c => c.Id)];

    [Fact]
    public void Every_rule_has_its_case() => Assert.Equal(
        Diagnosis.Analyzers.SelectMany(a => a.SupportedDiagnostics).Select(r => r.Id).Distinct().Order(StringComparer.Ordinal),
        Cases.Select(c => c.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Mistake_is_told_once_at_its_exact_span(string id)
    {
        var marked = Case(id).Mistaken;
        Assert.Single(Diagnosis.Unmark(marked).Expected);
        await ExpectAsync(id, marked);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task What_is_almost_the_same_and_right_is_accepted(string id)
    {
        var right = Case(id).Right;
        Assert.Empty(Diagnosis.Unmark(right).Expected);
        await ExpectAsync(id, right);
    }

    private static (string Id, string Mistaken, string Right) Case(string id) => Cases.Single(c => c.Id == id);

    private static async Task ExpectAsync(string id, string marked)
    {
        var (source, expected) = Diagnosis.Unmark(RulesTests.Usings + marked);
        Diagnosis.AssertAre(expected, source, await RulesTests.Analyze(id, source[RulesTests.Usings.Length..]));
    }
}
