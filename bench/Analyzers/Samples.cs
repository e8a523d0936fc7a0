using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Bench.Analyzers;

/// <summary>A project with many channels: their records in one file or in a file each, a server, and code that handles each channel.</summary>
internal static class Samples
{
    public static string[] References { get; } = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    public static CSharpCompilation Compile(int records, bool oneFile) => CSharpCompilation.Create(
        "App",
        Of(records, oneFile).Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Path)),
        References.Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static IEnumerable<(string Path, string Text)> Of(int records, bool oneFile)
    {
        yield return ("Shared.cs", Shared);
        yield return ("Chat.cs", Uses(records));
        var texts = Enumerable.Range(0, records).Select(Declare);
        if (oneFile)
        {
            yield return ("Records.cs", Head + string.Concat(texts));
            yield break;
        }
        foreach (var (i, text) in texts.Index())
            yield return (string.Create(CultureInfo.InvariantCulture, $"Record{i}.cs"), Head + text);
    }

    private const string Head = "using System;\nusing System.Collections.Generic;\nusing TypedChannels;\n\nnamespace App;\n\n";

    private const string Shared = Head + """
        /// <summary>Who.</summary>
        public sealed record Author(string Name, Guid Id, IReadOnlyList<string>? Titles = null);

        /// <summary>How.</summary>
        public enum Mood { Glad, Sad }

        public sealed class Props { public string Name { get; set; } = ""; }

        [ChannelServer<Props>]
        public sealed partial class ChatServer;

        """;

    private static string Declare(int i) => string.Create(CultureInfo.InvariantCulture, $$"""
        /// <summary>Message {{i}}.</summary>
        /// <param name="Text">What.</param>
        [Channel("record:{{i}}")]
        public sealed record Record{{i}}(string Text, int Count{{i}}, Author From, DateTimeOffset At, Mood Mood = Mood.Glad)
        {
            /// <summary>What it says of it.</summary>
            public List<Note{{i}}> Notes { get; set; } = [];

            public string First() => Notes is [var first, ..] ? first.Text : "{{i}}";
        }

        public sealed record Note{{i}}(string Text, double Weight);


        """);

    private static string Uses(int records)
    {
        var text = new StringBuilder(Head).Append("""
            public static class Chat
            {
                public static int Kept { get; set; }

                public static void Attach(ChatServer server)
                {
                    var total = 1;
                    Kept = total;

            """);
        for (var i = 0; i < records; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                        server.OnRecord{{i}} += async (connection, message) =>
                        {
                            if (message.Text.Length > total)
                                await connection.SendRecord{{i}}Async(message with { Text = message.First() });
                        };

                """);
        }
        return text.Append("    }\n}\n").ToString();
    }
}
