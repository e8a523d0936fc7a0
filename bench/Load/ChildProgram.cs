using System.Diagnostics;

namespace TypedChannels.Load;

/// <summary>This program in a process of its own: it is asked by lines, and ends when its standard input does.</summary>
internal sealed class ChildProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private int _errorLines;

    private ChildProgram(Process process) => _process = process;

    /// <summary>Lines that it has written to standard error: the server's log.</summary>
    public int ErrorLines => Volatile.Read(ref _errorLines);

    /// <summary>The last of them.</summary>
    public string? LastError { get; private set; }

    /// <summary>The code that it ended with; null: it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static ChildProgram Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Started as "dotnet Load.dll", not by its own name.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Load.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var child = new ChildProgram(Process.Start(start)!);
        child._process.ErrorDataReceived += (_, line) => child.OnError(line.Data);
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The next line that it writes.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken)
        ?? throw new InvalidOperationException($"The child process has ended. {LastError}");

    public async Task<string> AskAsync(string line, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    /// <summary>Has it end, and waits for that; kills it where it does not.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await EndAsync();
        _process.Dispose();
    }

    private void OnError(string? line)
    {
        if (line is null)
            return;
        Interlocked.Increment(ref _errorLines);
        LastError = line;
    }
}
