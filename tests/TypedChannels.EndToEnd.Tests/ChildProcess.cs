using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace TypedChannels.Tests;

/// <summary>A process of the test's own: every wait is bounded, and it does not outlive the test.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process = new();
    private readonly ConcurrentQueue<string> _transcript = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs; null: where temporary files are.</param>
    /// <param name="environment">What its environment has beside this one's.</param>
    /// <param name="keepsInput">Whether its input stays open for <see cref="WriteLineAsync"/>; otherwise it is at its end.</param>
    public ChildProcess(
        string program,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null,
        bool keepsInput = false)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test run tells its own processes would mislead another build or program.
        foreach (var name in start.Environment.Keys.Where(IsOfTheTestRun).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process.StartInfo = start;
        _process.OutputDataReceived += (_, line) => Heard(line.Data);
        _process.ErrorDataReceived += (_, line) => Heard(line.Data);
        Started = Stopwatch.StartNew();
        _process.Start();
        if (!keepsInput)
            CloseInput();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Stopwatch Started { get; }

    /// <summary>All that it wrote so far, to either stream.</summary>
    public string Transcript => string.Join('\n', _transcript);

    public bool HasExited => _process.HasExited;

    /// <summary>The rest of the next line that contains the text.</summary>
    public async Task<string> LineAfterAsync(string text)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                var line = await _lines.Reader.ReadAsync(limit.Token);
                var at = line.IndexOf(text, StringComparison.Ordinal);
                if (at >= 0)
                    return line[(at + text.Length)..];
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It never wrote \"{text}\", but:\n{Transcript}");
        }
    }

    /// <returns>The exit code.</returns>
    public async Task<int> EndedAsync(TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It did not end, but wrote:\n{Transcript}");
        }
        return _process.ExitCode;
    }

    public Task WriteLineAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    public void CloseInput() => _process.StandardInput.Close();

    public void Kill() => _process.Kill();

    public void SendTerminate() => Assert.Equal(0, Kill(_process.Id, Terminate));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await EndedAsync();
        }
        _process.Dispose();
    }

    private static bool IsOfTheTestRun(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("TESTINGPLATFORM", StringComparison.OrdinalIgnoreCase)
        || name is "ASPNETCORE_URLS" or "DOTNET_CLI_TELEMETRY_SESSIONID";

    private void Heard(string? line)
    {
        if (line is null)
            return;
        _transcript.Enqueue(line);
        _lines.Writer.TryWrite(line);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
