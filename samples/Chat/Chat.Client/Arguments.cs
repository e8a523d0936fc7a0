using System.Diagnostics.CodeAnalysis;

namespace Chat;

/// <summary>What the program was started with.</summary>
internal sealed record Arguments(string Name, Uri Uri)
{
    public const string Usage = """
        Usage: Chat.Client NAME [ADDRESS]

          NAME     what the others see you as: 1 to 24 characters
          ADDRESS  where the server is; ws://127.0.0.1:3549/chat unless you say otherwise

        A line is a message. /who tells who is here, /name NEW renames you, /quit leaves, as Ctrl+D and Ctrl+C do.
        When the connection is lost the client comes back by itself; what you type meanwhile waits.
        Without a terminal it reads lines and writes lines: echo hi | Chat.Client alice
        """;

    public static bool TryParse(string[] args, [NotNullWhen(true)] out Arguments? arguments)
    {
        arguments = null;
        if (args.Length is not (1 or 2) || args[0].StartsWith('-') || args[0].Trim() is not { Length: > 0 and <= SetName.MaxLength } name)
            return false;
        var address = args.Length == 2 ? args[1] : "ws://127.0.0.1:3549/chat";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("ws" or "wss"))
            return false;
        arguments = new Arguments(name, uri);
        return true;
    }
}
