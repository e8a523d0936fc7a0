using System.Globalization;

namespace TypedChannels.LoadGenerator;

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    // A server may ping after 15 seconds, which is not answered and may be taken for a message.
    private const double MaxSeconds = 14;

    private readonly Queue<string> _words;

    /// <exception cref="ArgumentException">It is not understood.</exception>
    public Options(string mode, string[] words)
    {
        _words = new Queue<string>(words);
        Mode = mode;
        Port = Number("PORT", 1, 65535);
        Connections = Number("CONNECTIONS", 1, 50_000);
        if (mode == "echo")
            Depth = Number("DEPTH", 1, 1024);
        Time = Seconds("SECONDS");
        if (mode != "idle")
            Message = Word("MESSAGE");
        while (_words.TryDequeue(out var name))
            Take(name);
        if (IsSeparated)
            (Message, Hello) = (Message + '\x1e', Hello is null ? null : Hello + '\x1e');
    }

    public string Mode { get; }

    public int Port { get; }

    public int Connections { get; }

    public int Depth { get; } = 1;

    public TimeSpan Time { get; }

    public string Message { get; } = "";

    public string Path { get; private set; } = "/";

    /// <summary>What is sent first.</summary>
    public string? Hello { get; private set; }

    /// <summary>The messages to wait for on each connection, before there is load.</summary>
    public int Ready { get; private set; }

    /// <summary>Whether a byte 0x1e ends each message, sent or received, rather than its frame (SignalR).</summary>
    public bool IsSeparated { get; private set; }

    /// <summary>The process whose CPU and memory are looked at; 0: none.</summary>
    public int Pid { get; private set; }

    /// <summary>The loopback addresses that connections come from; 0: the usual one.</summary>
    public int Sources { get; private set; }

    private void Take(string name)
    {
        switch (name)
        {
            case "--path":
                Path = Word(name);
                break;
            case "--hello":
                Hello = Word(name);
                break;
            case "--ready":
                Ready = Number(name, 0, 1000);
                break;
            case "--record-separator":
                IsSeparated = true;
                break;
            case "--pid":
                Pid = Number(name, 1, int.MaxValue);
                break;
            case "--sources":
                Sources = Number(name, 1, 250);
                break;
            default:
                throw new ArgumentException($"Not known: {name}");
        }
    }

    private string Word(string name) => _words.TryDequeue(out var word) ? word : throw new ArgumentException($"{name} is missing.");

    private int Number(string name, int from, int to) =>
        int.TryParse(Word(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to
            ? number
            : throw new ArgumentException($"{name} takes a number from {from} to {to}.");

    private TimeSpan Seconds(string name) =>
        double.TryParse(Word(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number is > 0 and <= MaxSeconds
            ? TimeSpan.FromSeconds(number)
            : throw new ArgumentException($"{name} takes more than 0 and at most {MaxSeconds} seconds.");
}
