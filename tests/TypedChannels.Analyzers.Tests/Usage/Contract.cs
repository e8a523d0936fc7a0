namespace TypedChannels.Analyzers.Tests.Usage;

/// <summary>A small contract with a server and a client of it, for the code under test to use.</summary>
internal static class Contract
{
    public const string Text = """
        [Channel("chat")] public sealed class Chat { public string Text { get; set; } = ""; public int Count { get; set; } }
        [Channel("ask", Direction = ChannelDirection.ToServer)] public sealed record Ask(string Text);
        [Channel("tell", Direction = ChannelDirection.ToClient)] public sealed record Tell(string Text);
        public sealed class P;
        [ChannelServer<P>] public sealed partial class TheServer;
        [ChannelClient] public sealed partial class TheClient;

        """;

    /// <summary>Statements with a server, one of its connections and a client at hand.</summary>
    public static Task Expect(string statements) => Diagnosis.ExpectOfLibrary(Text + $$"""
        public static class User
        {
            public static async Task UseAsync(TheServer server, TheConnection connection, TheClient client)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """);
}
