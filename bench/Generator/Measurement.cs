using System.Globalization;
using System.Text;
using TypedChannels.LoadGenerator.Work;

namespace TypedChannels.LoadGenerator;

/// <summary>One run of a workload, and the line of figures that comes of it.</summary>
internal static class Measurement
{
    /// <exception cref="LoadException">There are no figures.</exception>
    public static string Run(Options options)
    {
        Workload workload = options.Mode switch
        {
            "echo" => new Echo(options.Message, options.Connections, options.Depth),
            "fan" => new Fan(options.Message),
            _ => new Idle(),
        };
        var server = options.Pid == 0 ? null : new ServerProcess(options.Pid);
        var line = new Line();
        var residentBefore = server?.ResidentKilobytes ?? 0;
        using var clients = new Clients(options, workload);
        var opening = clients.Open();
        // What was allocated on the way here is not collected on the way on.
        GC.Collect();
        var cpuBefore = server?.CpuSeconds ?? 0;
        var time = clients.Work(options.Time).TotalSeconds;
        var cpu = (server?.CpuSeconds ?? 0) - cpuBefore;

        line.Add("handshakes_per_s", options.Connections / opening.TotalSeconds, 0);
        if (workload is not Idle)
            AddMessages(line, workload, time);
        if (server is not null)
        {
            line.Add("server_cores", cpu / time, 2);
            if (workload is not Idle)
                line.Add("cpu_us_per_message", cpu * 1e6 / workload.Messages, 2);
            line.Add("resident_kb_per_connection", (server.ResidentKilobytes - residentBefore) / (double)options.Connections, 2);
        }
        return line.ToString();
    }

    private static void AddMessages(Line line, Workload workload, double time)
    {
        if (workload.Messages == 0)
            throw new LoadException("Nothing was answered.");
        line.Add("messages_per_s", workload.Messages / time, 0);
        line.Add("p50_ms", workload.Latencies.Percentile(0.5), 3);
        line.Add("p99_ms", workload.Latencies.Percentile(0.99), 3);
        line.Add("p999_ms", workload.Latencies.Percentile(0.999), 3);
        line.Add("max_ms", workload.Latencies.MaxMilliseconds, 3);
    }

    private sealed class Line
    {
        private readonly StringBuilder _text = new();

        public void Add(string name, double value, int digits)
        {
            if (_text.Length > 0)
                _text.Append(' ');
            _text.Append(name).Append('=').Append(value.ToString("F" + digits, CultureInfo.InvariantCulture));
        }

        public override string ToString() => _text.ToString();
    }
}
