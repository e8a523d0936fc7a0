using System.Globalization;

namespace TypedChannels;

/// <summary>
/// How many connections there may be at a time on the server's own host. A process that cannot open a file any more is beyond help: Kestrel
/// tries to accept in a loop, and the runtime, which needs files itself, ends it. So the options hold as far as there are files for them.
/// </summary>
/// <param name="Connections">Whose handshake was accepted.</param>
/// <param name="Handshakes">Whose handshake is under way, or has not begun.</param>
internal readonly record struct ConnectionRoom(int Connections, long Handshakes)
{
    // For the runtime, the application, and what listens.
    private const int FilesForOthers = 512;

    /// <param name="options">What is asked for.</param>
    /// <param name="maxOpenFiles">What the system allows the process; null: nobody knows, or there is no limit.</param>
    public static ConnectionRoom For(ServerOptions options, long? maxOpenFiles)
    {
        var asked = new ConnectionRoom(options.MaxConnections, (long)options.MaxConnections + options.PendingLimit);
        if (maxOpenFiles is not { } files)
            return asked;
        var free = Math.Max(files - FilesForOthers, files / 2);
        if (asked.Connections + asked.Handshakes <= free)
            return asked;
        var handshakes = Math.Min(asked.Handshakes, Math.Max(free / 5, 1));
        return new ConnectionRoom((int)Math.Clamp(free - handshakes, 1, asked.Connections), handshakes);
    }

    /// <summary>How many files the process may open, where the system says so: on Linux.</summary>
    public static long? ReadMaxOpenFiles()
    {
        const string Start = "Max open files";
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            var line = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith(Start, StringComparison.Ordinal));
            var soft = line?[Start.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
            return long.TryParse(soft, CultureInfo.InvariantCulture, out var count) ? count : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
