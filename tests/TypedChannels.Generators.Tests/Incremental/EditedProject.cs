using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace TypedChannels.Generators.Tests.Incremental;

/// <summary>A project of several files that reach each other, with places at which one of several texts may stand.</summary>
internal sealed partial class EditedProject
{
    /// <summary>What may stand at <c>«name»</c>; the first is what stands there at the beginning.</summary>
    public static readonly SortedDictionary<string, string[]> Places = new(StringComparer.Ordinal)
    {
        // Files.
        ["usings"] = ["", "using Odd = App.Elsewhere.Odd;", "using static App.Limits;", "using App.Elsewhere;", "using Ch = TypedChannels.ChannelAttribute;"],
        ["global"] = ["", "global using Odd = App.Elsewhere.Odd;", "global using static App.Limits;", "global using App.Elsewhere;"],
        ["nullability"] = ["", "#nullable disable", "#nullable disable annotations"],
        ["json"] = [
            "", "[assembly: TypedChannels.ChannelJson(PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.SnakeCaseLower)]",
            "[assembly: TypedChannels.ChannelJson(UseStringEnumConverter = App.Limits.Strings)]", "[assembly: TypedChannels.ChannelJson(Context = typeof(App.OwnContext))]",
            "[assembly: TypedChannels.ChannelJson(ContextName = nameof(App.Author.Name))]",
        ],
        ["statements"] = ["", "System.Console.WriteLine(1);", "System.Console.WriteLine(2); void F() { }", "Work();\n#nullable disable\nvoid Work() { }"],

        // A channel.
        ["chat comment"] = [
            "/// <summary>A line.</summary>", "/// <summary>Another line.</summary>\n/// <param name=\"Text\">What.</param>", "/** <summary>Starred.</summary> */",
            "/// <summary>Broken.", "// None.", "#if NONE\n/// <summary>Inactive.</summary>\n#endif",
        ],
        ["chat attribute"] = [
            "[Channel(\"chat\")]", "[Channel(\"talk\")]", "[Channel(Limits.Name)]", "[Channel(nameof(Author.Name))]", "[Channel(\"chat\", MaxBytes = Limits.Size)]",
            "", "[Channel(\"chat\")", "[Channel(\"join\")]", "[Ch(\"alias\")]", "[Obsolete, Channel(\"chat\", Direction = ChannelDirection.ToClient)]", "[Channel(\"chat\", MaxBytes = Size)]",
        ],
        ["chat modifiers"] = ["public", "internal", "public abstract", "public partial", "file"],
        ["chat kind"] = ["record", "class", "record struct", "interface"],
        ["chat name"] = ["Chat", "Talk", "Odd"],
        ["chat parameters"] = [
            "(string Text, Author From)", "(string Text)", "(string? Text, Author From, int Count = Limits.Size)", "(Odd Odd, Mood Mood = Mood.Calm)", "()",
            "(List<Author> All, Box<Author> Box)", "(string Text, Mood[] Moods", "(Outer.Inner Inner, Text.Line Line)", "(Nested Own)",
        ],
        ["chat bases"] = ["", " : Message", " : Message, IMarked", " : Unknown"],
        ["chat members"] = [
            "", "public Author? Second { get; init; }", "public Author? Second { get; set; } = null;", "public Author? Second { get; set; } = new(\"a\", 1);",
            "public int Field = 1;", "private int Sum() => 1;", "private int Sum() => 1 + 1;", "private int Sum() { return 2; }", "public const int Own = 7;",
            "public sealed record Nested(int X);", "public sealed record Nested(long X); private class Author { public int Hides { get; set; } }",
            "[JsonIgnore] public Author? Second { get; set; }", "[JsonPropertyName(Limits.Name)] public int Renamed { get; set; }", "[JsonIgnore] public string Text { get; set; } = \"\";",
            "[My] public Mood Marked { get; set; }", "/// <summary>Told.</summary>\npublic int Told { get; set; }", "#nullable disable\npublic string Told { get; set; }\n#nullable restore",
            "private void Body() {\n#nullable disable\n}", "private void Body() {\n#nullable enable\n}", "public Author Half { get; set;", "[JsonConstructor] public Chat(int one) : this() { }",
        ],
        ["join"] = [
            "[Channel(\"join\")] public sealed record Join(string Room);", "[Channel(\"join\")] public sealed record Join;", "", "public sealed record Join(string Room);",
            "[Channel(\"join\")] public sealed record Join(string Room); [Channel(\"leave\")] public sealed record Leave(Join Joined);",
            "[Channel(\"join\")] public sealed record Join(string Room); public sealed record Join(int Twice);",
            "/// <summary>In.</summary>\n[Channel(\"join\")] public sealed record Join([property: JsonPropertyName(\"r\")] string Room) { public static explicit operator Join(Author author) => new(author.Name); }",
        ],

        // What channels contain.
        ["author comment"] = ["", "/// <summary>Who.</summary>", "/** <remarks>Who.</remarks> */"],
        ["author"] = ["(string Name, int Age)", "(string Name)", "(string? Name, int Age)", "(string Title, int Age)", "(string Name, Chat? Last)", "(string Name, Other? Other)"],
        ["author bases"] = ["", " : Message", " : IMarked, System.Text.Json.Serialization.IJsonOnDeserialized"],
        ["author members"] = ["", "public void OnDeserialized() { }", "public string Upper => Name + 1;", "public string Upper => Name + 2;", "public static implicit operator Message(Author a) => new Message();"],
        ["author twice"] = ["", "public partial record Author { public int More { get; set; } }", "/// <summary>Part.</summary>\npublic partial record Author { }", "public partial record Author : IMarked { }"],
        ["message"] = ["public int Id { get; set; }", "public int? Id { get; set; }", "public virtual int Id { get; init; } = 1;", "", "public required int Id { get; set; }", "public Mood Mood { get; set; }"],
        ["message attributes"] = ["", "[JsonDerivedType(typeof(Author))]", "[JsonDerivedType(typeof(Chat), \"chat\")]", "[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]"],
        ["enum"] = ["Calm, Sad", "Calm = 3, Sad", "/// <summary>Good.</summary>\nCalm, Sad", "[JsonStringEnumMemberName(\"quiet\")] Calm, Sad", "Calm = Limits.Size, Sad", "Sad, Calm"],
        ["enum kind"] = ["", " : long", " : byte"],
        ["limits"] = ["public const int Size = 9;", "public const int Size = 8;", "public const int Size = 4 + 4;", "public static int Size = 9;", "public const int Size = Chat.Own;"],
        ["limits name"] = ["public const string Name = \"name\";", "public const string Name = nameof(Author.Name);", "public const string Name = \"title\";", "public const string Name = \"a\" + nameof(Message.Id);"],
        ["limits more"] = ["public const bool Strings = true;", "public const bool Strings = false;", "public const bool Strings = true; public static int Author => 1;", "public const bool Strings = true; public sealed record Odd(bool FromLimits);"],
        ["own attribute"] = ["(typeof(JsonStringEnumConverter<Mood>))", "()", "(typeof(MoodConverter))"],
        ["own attribute base"] = ["JsonConverterAttribute", "Attribute"],
        ["odd"] = ["public sealed record Odd(int Here);", "", "public sealed class Odd { public string? Here { get; set; } }", "public struct Odd { public int Here { get; set; } }", "public delegate void Odd();", "public sealed class Odd : List<Author> { public required int X { get; set; } }"],
        ["odd elsewhere"] = ["public sealed record Odd(string There);", "", "public enum Odd { There }", "public sealed record Odd(Mood There);"],
        ["outer"] = [" : Message", "", " : OuterBase"],
        ["inner"] = ["(Thing Thing)", "(int X)", "(Thing Thing, Mood Mood)"],
        ["outer base"] = ["public sealed class Thing { public int OfBase { get; set; } }", "", "public int Thing;", "public sealed class ChannelAttribute : System.Attribute { public ChannelAttribute(string name) { } }"],
        ["outer members"] = ["", "#nullable disable\npublic string Told1;\n#nullable restore", "#nullable disable\npublic string Told1;"],
        ["outer last"] = ["", "[Channel(\"last\")] public sealed record Last(string Text);", "#nullable enable\n[Channel(\"last\")] public sealed record Last(string Text);"],
        ["primary"] = ["seed", "1", "seed + 1"],
        ["called channel"] = ["", "public class Channel { }", "public class Channel : System.Attribute { public Channel(string name) { } }", "public class Channel : System.Attribute { public Channel(string name) { } public int Size; }"],
        ["thing"] = ["int X", "string X"],
        ["moved away"] = ["public sealed record Other(Mood Mood);", ""],
        ["moved here"] = ["", "public sealed record Other(Mood Mood);", "public sealed record Other(Author? Back);"],
        ["box"] = ["public T? Item { get; set; }", "public T Item { get; set; } = default!;", "public List<T> Item { get; set; } = [];"],
        ["constraint"] = ["", " where T : class", " where T : notnull", " where T : Message"],

        // A server, a client, a context, and files that concern nobody.
        ["server attribute"] = ["[ChannelServer<Props>]", "", "[ChannelServer<Author>]", "[ChannelServer<Props>(Contracts = [typeof(Chat)])]", "[ChannelServer<Props>(Contracts = [typeof(Apart.Far)])]"],
        ["server bases"] = ["", " : ServerBase", " : Unknown"],
        ["server members"] = ["", "public void OnChat() { }", "public void SendJoinAsync(Join join, System.Threading.CancellationToken token) { }", "public ChatServer(Author author, ServerOptions? options = null) : base(options) { }", "private int _x = 1;", "private int _x = 2;", "public const string Emitted = \"chat\";", "[Channel(\"inside\")] internal sealed record InServer(Author Who);"],
        ["connection"] = ["", "public sealed partial class ChatConnection { }", "public sealed partial class ChatConnection { public int OnJoin; }", "public sealed partial class ChatConnection { public void SendChatAsync(Chat chat, System.Threading.CancellationToken token) { } }", "public sealed class ChatConnection { }"],
        ["server base"] = ["protected ServerBase(Author? who) { }", "", "protected override Props CreateProps(ChatConnection connection) => new();"],
        ["props"] = ["public string Name { get; set; } = \"\";", "public required string Name { get; set; }", "public Props(int x) { }", "private int F() => 3;"],
        ["client"] = ["[ChannelClient] public sealed partial class ChatClient;", "[ChannelClient] public sealed class ChatClient;", "", "[ChannelClient] public sealed partial class ChatClient { public int OnJoin; }", "[ChannelClient] public sealed partial class App;"],
        ["context"] = ["[JsonSerializable(typeof(Author))]", "[JsonSerializable(typeof(Mood))]", "", "[JsonSerializable(typeof(Author))] [JsonSerializable(typeof(List<Mood>))]"],
        ["context base"] = ["JsonSerializerContext", "Message"],
        ["body"] = ["return 1;", "return 2;", "return Limits.Size + 1;", "{ return 1; }", "return 1"],
        ["field"] = ["private static int s_x = 1;", "private static int s_x = 2;", "private static int s_x;", "private static readonly System.Func<int> s_x = () => { return 1; };"],
        ["unrelated"] = ["", "public int New { get; set; }", "/// <summary>Told.</summary>\npublic int New { get; set; }", "public class Author { }", "public int New() => 1;"],
    };

    private static readonly (string Path, string Text)[] Files =
    [
        ("Program.cs", "using System;\n«statements»\n"),
        ("Assembly.cs", "«global»\n«json»\n"),
        ("Chat.cs", """
            using System; using System.Collections.Generic; using System.Text.Json.Serialization; using TypedChannels;
            «usings»
            «nullability»
            namespace App
            {
                «chat comment»
                «chat attribute»
                «chat modifiers» «chat kind» «chat name»«chat parameters»«chat bases»
                {
                    «chat members»
                }

                «join»
            }
            """),
        ("Author.cs", """
            using System; using System.Collections.Generic; using System.Text.Json.Serialization; using TypedChannels;
            namespace App;
            «author comment»
            public partial record Author«author»«author bases» { «author members» }
            «moved away»
            public interface IMarked;
            """),
        ("Parts.cs", """
            using System; using System.Collections.Generic; using System.Text.Json.Serialization; using TypedChannels;
            namespace App;
            «author twice»
            «moved here»
            «message attributes» public record Message { «message» }
            [Channel("message")] public record Plain : Message { public Dictionary<string, Author>? Known { get; set; } }
            public enum Mood«enum kind» { «enum» }
            public static class Limits { «limits» «limits name» «limits more» }
            public sealed class MyAttribute : «own attribute base» { public MyAttribute() «own attribute» }
            public sealed class MoodConverter : JsonConverter<Mood>;
            """),
        ("Odd.cs", """
            using System.Collections.Generic;
            namespace App { «odd» public sealed class Box<T>«constraint» { «box» } }
            namespace App.Elsewhere { «odd elsewhere» }
            namespace Text { public sealed record Line(App.Mood Mood); }
            """),
        ("Outer.cs", """
            using TypedChannels;
            namespace App;
            public class Outer«outer» { public sealed record Inner«inner»; [Channel("outer")] public sealed record Told(Inner Inner, Thing? Thing);
            «outer members»
            «outer last» }
            public class OuterBase { «outer base» }
            public sealed record Thing(«thing»);
            [Channel("primary")] public sealed class Primary(int seed) { public Primary() : this(1) { } public int G() => «primary»; }
            «called channel»
            """),
        ("Server.cs", """
            using System.Text.Json.Serialization; using TypedChannels;
            namespace App;
            «server attribute» public sealed partial class ChatServer«server bases» { «server members» }
            public abstract class ServerBase : Server<Props, ChatConnection> { «server base» }
            «connection»
            public sealed class Props { «props» }
            «client»
            """),
        ("Context.cs", """
            using System.Collections.Generic; using System.Text.Json.Serialization;
            namespace App;
            «context» public partial class OwnContext : «context base»;
            """),
        ("Work.cs", "namespace App; public class Work { public int Do() { «body» } «field» «unrelated» public sealed record Nested(string OfWork); }"),
        ("Further.cs", "[TypedChannels.Channel(\"further\")] public sealed record Further(App.Author Who, App.Odd Odd);"),
        ("Another.cs", "namespace App { public sealed record Author2(Author Of); }"),
    ];

    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private readonly Dictionary<string, int> _chosen = Places.Keys.ToDictionary(name => name, _ => 0);

    public CSharpCompilation Compilation { get; private set; } = CSharpCompilation.Create(
        "App",
        // The last two come later.
        Files.SkipLast(2).Select(file => Parse(file.Path, Fill(file.Text, _ => 0))),
        Project.Framework,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Puts another text where one stands.</summary>
    /// <param name="place">Where.</param>
    /// <param name="text">Which.</param>
    /// <param name="anew">Whether the file is parsed anew, as one that was loaded again, or from what has changed, as one that is typed in.</param>
    public void Put(string place, int text, bool anew = false)
    {
        _chosen[place] = text;
        var file = Files.Single(f => f.Text.Contains($"«{place}»", StringComparison.Ordinal));
        var tree = Compilation.SyntaxTrees.FirstOrDefault(t => Path.GetFileName(t.FilePath) == file.Path);
        if (tree is null)
            return;
        var after = Fill(file.Text, name => _chosen[name]);
        Compilation = Compilation.ReplaceSyntaxTree(tree, anew ? Parse(tree.FilePath, after) : tree.WithChangedText(Changed(tree, after)));
    }

    /// <summary>Does what no text does.</summary>
    public string Turn(int what, Random random)
    {
        var trees = Compilation.SyntaxTrees;
        var tree = trees[random.Next(trees.Length)];
        switch (what)
        {
            case 0:
                Compilation = Compilation.RemoveSyntaxTrees(tree);
                return "removes " + tree.FilePath;
            case 1:
                var missing = Files.Where(f => trees.All(t => Path.GetFileName(t.FilePath) != f.Path)).ToList();
                foreach (var file in missing)
                    Compilation = Compilation.AddSyntaxTrees(Parse(file.Path, Fill(file.Text, name => _chosen[name])));
                return "adds " + string.Join(", ", missing.Select(f => f.Path));
            case 2:
                var other = (tree.FilePath.Contains('/', StringComparison.Ordinal) ? "" : "a/") + Path.GetFileName(tree.FilePath);
                Compilation = Compilation.ReplaceSyntaxTree(tree, tree.WithFilePath(other));
                return "moves to " + other;
            case 3:
                var nullable = Compilation.Options.NullableContextOptions == NullableContextOptions.Enable ? NullableContextOptions.Disable : NullableContextOptions.Enable;
                Compilation = Compilation.WithOptions(Compilation.Options.WithNullableContextOptions(nullable));
                return "sets nullable";
            case 4:
                Compilation = Compilation.WithReferences([.. Project.Framework, Far[random.Next(Far.Length)]]);
                return "references another Apart";
            case 5:
                Compilation = Compilation.ReplaceSyntaxTree(tree, Parse(tree.FilePath, tree.ToString()));
                return "parses anew " + tree.FilePath;
            case 6:
                Compilation = Compilation.WithAssemblyName(Compilation.AssemblyName == "App" ? "Renamed" : "App");
                return "renames the assembly";
            case 7:
                Compilation = Compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees.Reverse());
                return "turns the order of files round";
            default:
                var options = Options.WithPreprocessorSymbols(tree.Options.PreprocessorSymbolNames.Any() ? Array.Empty<string>() : ["NONE"]);
                Compilation = Compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(tree.ToString(), options, tree.FilePath));
                return "sets a symbol for " + tree.FilePath;
        }
    }

    public const int Turns = 9;

    private static readonly MetadataReference[] Far =
    [
        Refer("namespace Apart; [TypedChannels.Channel(\"far\")] public sealed record Far(int X);"),
        Refer("namespace Apart; [TypedChannels.Channel(\"far:off\")] public sealed record Far(string X); public sealed record Odd(int Apart);"),
    ];

    private static MetadataReference Refer(string source) => new Project("Apart", source) { RootNamespace = "Apart" }.Build();

    private static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(text, Options, path);

    private static SourceText Changed(SyntaxTree tree, string after)
    {
        var before = tree.ToString();
        var start = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = before.Skip(start).Reverse().Zip(after.Skip(start).Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return tree.GetText().WithChanges(new TextChange(TextSpan.FromBounds(start, before.Length - end), after[start..(after.Length - end)]));
    }

    private static string Fill(string text, Func<string, int> chosen) =>
        Place().Replace(text, match => Places[match.Groups[1].Value][chosen(match.Groups[1].Value)]);

    [GeneratedRegex("«(.*?)»")]
    private static partial Regex Place();
}
