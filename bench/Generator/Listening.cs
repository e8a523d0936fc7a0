using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TypedChannels.LoadGenerator;

/// <summary>Waits until somebody listens on a port, trying each millisecond.</summary>
internal static class Listening
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="port">Of 127.0.0.1.</param>
    /// <param name="since">When the server was started, in nanoseconds of Unix time: <c>date +%s%N</c>.</param>
    /// <returns>The line of the figure.</returns>
    public static string Await(string port, string since)
    {
        if (!int.TryParse(port, CultureInfo.InvariantCulture, out var number)
            || !long.TryParse(since, CultureInfo.InvariantCulture, out var start))
            throw new ArgumentException("listening takes a port, and a time in nanoseconds.");
        var from = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(from) < Patience)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(IPAddress.Loopback, number);
                var milliseconds = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds - start / 1e6;
                return string.Create(CultureInfo.InvariantCulture, $"start_ms={milliseconds:F0}");
            }
            catch (SocketException)
            {
                Thread.Sleep(1);
            }
        }
        throw new LoadException($"Nobody listens on {port} after {Patience.TotalSeconds:0} s.");
    }
}
