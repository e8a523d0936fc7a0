namespace TypedChannels.Generators.Tests;

public class SnapshotTests
{
    [Fact]
    public void Sample_in_one_file_as_the_readme_shows_it()
    {
        var generated = new Project("Chat", """
            using TypedChannels;

            [Channel("chat")]
            public sealed record ChatMessage(string User, string Text);

            [Channel("set:name", Direction = ChannelDirection.ToServer)]
            public sealed record SetName(string Name);

            [Channel("set:name success", Direction = ChannelDirection.ToClient)]
            public sealed record SetNameSuccess(string Name);

            public sealed class ChatProps { public string Name { get; set; } = "anonymous"; }

            [ChannelServer<ChatProps>]
            public sealed partial class ChatServer;
            """) { RootNamespace = "Chat" }.Generate();
        generated.CompilesWithoutWarnings();
        Snapshot.Verify(generated.Files);
    }

    [Fact]
    public void Client_with_the_records_of_another_assembly()
    {
        var records = new Project("Chat.Contract", Samples.Chat) { RootNamespace = "Chat" }.Build();
        var generated = new Project("App", """
            using TypedChannels;
            namespace Terminal;
            [ChannelClient(Contracts = [typeof(App.ChatMessage)])]
            public sealed partial class ChatClient;
            """) { References = [.. Project.Framework, records] }.Generate();
        generated.CompilesWithoutWarnings();
        Snapshot.Verify(generated.Files);
    }

    [Fact]
    public void Server_with_services_own_connection_part_and_records_of_two_assemblies()
    {
        var records = new Project("Chat.Contract", Samples.Chat) { RootNamespace = "Chat" }.Build();
        var generated = new Project("App", """
            using System;
            using TypedChannels;
            namespace Host;

            [Channel("ping", Direction = ChannelDirection.ToServer, MaxBytes = 64, Compress = false)]
            internal readonly record struct Ping;

            public interface IUsers;
            public interface IClock;

            public static partial class Servers
            {
                [ChannelServer<App.ChatProps>(Contracts = [typeof(App.ChatMessage), typeof(Ping)])]
                public sealed partial class Chat(ServerOptions options, IUsers users, IServiceProvider services, IClock? clock, int retries = 3)
                    : Server<ChatConnection, App.ChatProps>(options)
                {
                    public object?[] Uses => [users, services, clock, retries];
                    protected override App.ChatProps CreateProps(HandshakeContext handshake) => new() { Name = "host" };
                }

                public partial class ChatConnection
                {
                    public int Age { get; set; }
                }
            }
            """) { References = [.. Project.Framework, records] }.Generate();
        generated.CompilesWithoutWarnings();
        Snapshot.Verify(generated.Files);
    }

    [Fact]
    public void Codec_of_a_record_of_every_shape_and_why_another_has_none()
    {
        var generated = new Project("Chat", """
            using System;
            using System.Collections.Generic;
            using System.Text.Json.Serialization;
            using TypedChannels;

            [Channel("shapes")]
            public sealed record Shapes(string Text, int? Number, Mood Mood = Mood.Calm)
            {
                public required IReadOnlyList<Point> Points { get; init; }
                public Dictionary<string, byte[]> Blobs { get; set; } = [];
                public Shapes? Next { get; set; }
                [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public Uri?[]? Links { get; init; }
                public DateTimeOffset At { get; init; }
                public bool IsCalm => Mood == Mood.Calm;
            }

            public enum Mood { Calm, [JsonStringEnumMemberName("all-excited")] Excited }

            public struct Point { public double X { get; set; } public double Y { get; set; } }

            [Channel("any")]
            public sealed record Any(Shapes Shapes, System.Text.Json.JsonElement Element);

            [Channel("called")]
            public sealed record Called(int X) : IJsonOnDeserialized { public void OnDeserialized() { } }
            """) { RootNamespace = "Chat" }.Generate();
        generated.CompilesWithoutWarnings();
        Snapshot.Verify(new SortedDictionary<string, string>(generated.Files.Where(f => f.Key != "ChannelContract.g.cs").ToDictionary(), StringComparer.Ordinal));
    }

    [Fact]
    public void Json_context_of_a_record_of_every_shape()
    {
        var generated = new Project("Chat", """
            using System;
            using System.Collections.Generic;
            using TypedChannels;

            [Channel("shapes")]
            public sealed record Shapes(string Text, int? Number, Mood Mood = Mood.Calm)
            {
                public required IReadOnlyList<Point> Points { get; init; }
                public Dictionary<string, byte[]> Blobs { get; set; } = [];
                public Shapes? Next { get; set; }
                public DateTimeOffset At { get; init; }
            }

            public enum Mood { Calm, Excited }

            public struct Point { public double X { get; set; } public double Y { get; set; } }
            """) { RootNamespace = "Chat" }.Generate();
        generated.CompilesWithoutWarnings();
        Snapshot.Verify(generated.JsonFiles);
    }
}
