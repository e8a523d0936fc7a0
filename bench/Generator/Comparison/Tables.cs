using System.Globalization;
using System.Text;

namespace TypedChannels.LoadGenerator.Comparison;

/// <summary>The results as Markdown: the medians, and ours as multiples of the peers'.</summary>
internal static class Tables
{
    private static readonly string[] Own = ["inline", "default"];

    private static readonly (string Name, string Title, string Format)[] Measures =
    [
        ("echo1_messages_per_s", "echo, 1 in flight, 100 connections: messages/s", "N0"),
        ("echo1_p50_ms", "its p50, ms", "F2"),
        ("echo1_p99_ms", "its p99, ms", "F2"),
        ("echo1_p999_ms", "its p99.9, ms", "F2"),
        ("echo1_max_ms", "its longest, ms", "F2"),
        ("echo1_cpu_us_per_message", "its CPU, µs a message", "F2"),
        ("echo16_messages_per_s", "echo, 16 in flight, 100 connections: messages/s", "N0"),
        ("echo16_p99_ms", "its p99, ms", "F2"),
        ("echo16_cpu_us_per_message", "its CPU, µs a message", "F2"),
        ("fan_messages_per_s", "fan-out to 1,000: messages/s", "N0"),
        ("fan_p99_ms", "its p99, to the last of them, ms", "F2"),
        ("fan_cpu_us_per_message", "its CPU, µs a message", "F2"),
        ("idle_resident_kb_per_connection", "resident memory, KB a connection (5,000 idle)", "F1"),
        ("idle_handshakes_per_s", "handshakes/s", "N0"),
        ("start_ms", "start to listening, ms", "F0"),
    ];

    public static string Of(Results results)
    {
        var own = results.Servers.FindAll(server => Own.Contains(server));
        var peers = results.Servers.FindAll(server => !Own.Contains(server));
        var text = new StringBuilder();
        var measures = Measures.Where(measure => results.Has(measure.Name)).ToList();
        AddHead(text, ["median", .. results.Servers.Select(Title)]);
        foreach (var (name, title, format) in measures)
            AddRow(text, title, results.Servers.Select(server => Text(results.Median(server, name), format)));
        if (own.Count == 0 || peers.Count == 0)
            return text.ToString();
        text.AppendLine();
        AddHead(text, ["ratio", .. own.SelectMany(server => peers.Select(peer => $"{Title(server)} / {Title(peer)}"))]);
        foreach (var (name, title, _) in measures)
            AddRow(text, title, own.SelectMany(server => peers.Select(peer => Ratio(results, server, peer, name))));
        return text.ToString();
    }

    private static string Title(string server) => server switch
    {
        "bun" => "Bun",
        "socketio" => "Socket.IO",
        "signalr" => "SignalR",
        _ => server,
    };

    private static string Ratio(Results results, string own, string peer, string measure)
    {
        var divisor = results.Median(peer, measure);
        return Text(divisor == 0 ? null : results.Median(own, measure) / divisor, "F2");
    }

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static void AddHead(StringBuilder text, IReadOnlyList<string> cells)
    {
        AddRow(text, cells[0], cells.Skip(1));
        text.Append('|').AppendJoin("", cells.Select(_ => "---|")).AppendLine();
    }

    private static void AddRow(StringBuilder text, string first, IEnumerable<string> others) =>
        text.Append("| ").AppendJoin(" | ", others.Prepend(first)).AppendLine(" |");
}
