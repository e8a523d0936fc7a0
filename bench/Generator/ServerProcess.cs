using System.Globalization;

namespace TypedChannels.LoadGenerator;

/// <summary>The server's process, as /proc shows it.</summary>
internal sealed class ServerProcess(int id)
{
    // USER_HZ is 100 on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Resident memory.</summary>
    public long ResidentKilobytes
    {
        get
        {
            foreach (var line in Read("status").Split('\n'))
            {
                if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                    return Parse(line[6..].Replace("kB", "", StringComparison.Ordinal));
            }
            throw new LoadException($"Process {id} has ended.");
        }
    }

    /// <summary>CPU time, of its threads in user mode and in the kernel.</summary>
    public double CpuSeconds
    {
        get
        {
            // The fields are counted from behind the name, which may hold anything but ends with the last bracket.
            var stat = Read("stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (Parse(fields[11]) + Parse(fields[12])) / TicksPerSecond;
        }
    }

    private static long Parse(string text) => long.Parse(text.Trim(), CultureInfo.InvariantCulture);

    private string Read(string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (IOException)
        {
            throw new LoadException($"There is no process {id}.");
        }
    }
}
