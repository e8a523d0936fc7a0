namespace TypedChannels.Generators.Tests;

/// <summary>Declarations that several tests start from.</summary>
internal static class Samples
{
    /// <summary>The one-file sample of the readme, as a project with top-level statements would declare it.</summary>
    public const string Chat = """
        using TypedChannels;

        namespace App;

        /// <summary>A line of chat.</summary>
        /// <param name="User">Who.</param>
        /// <param name="Text">What.</param>
        [Channel("chat")]
        public sealed record ChatMessage(string User, string Text);

        /// <summary>Takes a name.</summary>
        /// <param name="Name">The name.</param>
        [Channel("set:name", Direction = ChannelDirection.ToServer)]
        public sealed record SetName(string Name);

        /// <summary>The name was taken.</summary>
        /// <param name="Name">The name.</param>
        [Channel("set:name success", Direction = ChannelDirection.ToClient)]
        public sealed record SetNameSuccess(string Name);

        /// <summary>What a connection is known by.</summary>
        public sealed class ChatProps
        {
            /// <summary>The name.</summary>
            public string Name { get; set; } = "anonymous";
        }

        """;

    public const string Server = """
        using TypedChannels;

        namespace App;

        /// <summary>The server.</summary>
        [ChannelServer<ChatProps>]
        public sealed partial class ChatServer;

        """;

    public const string Client = """
        using TypedChannels;

        namespace App;

        /// <summary>The client.</summary>
        [ChannelClient]
        public sealed partial class ChatClient;

        """;
}
