using System.Globalization;

namespace Chat;

/// <summary>
/// Where the conversation is read and typed. On a terminal the line that is being typed stays below whatever arrives; where input or output
/// is redirected, lines come and go plainly. Safe for concurrent use.
/// </summary>
internal sealed class Terminal
{
    private const string Prompt = "> ";

    // ECMA-48: to the line's start, and erase it; dim; plain.
    private const string Erase = "\r\e[K", Dim = "\e[2m", Plain = "\e[0m";

    private readonly Lock _gate = new();
    private readonly LineEditor _line = new();
    private readonly bool _isInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected;
    private readonly bool _hasColours = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    private bool _isTyping;

    public bool IsInteractive => _isInteractive;

    /// <summary>Shows what somebody said.</summary>
    public void Say(string text) => Print(Printable(text), isNotice: false);

    /// <summary>Shows what happened.</summary>
    public void Tell(string text) => Print("* " + Printable(text), isNotice: true);

    /// <summary>The next line that is typed; null at the end of the input. It blocks its thread.</summary>
    public string? ReadLine()
    {
        if (!_isInteractive)
            return Console.ReadLine();
        lock (_gate)
        {
            _isTyping = true;
            Console.Write(Erase + InputLine());
        }
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            lock (_gate)
            {
                var outcome = _line.Press(key, out var entered);
                // While a paste comes in, once is enough.
                if (outcome != LineEditor.Outcome.Edited || !Console.KeyAvailable)
                    Console.Write(Erase + InputLine());
                if (outcome == LineEditor.Outcome.Entered)
                    return entered;
                if (outcome == LineEditor.Outcome.Ended)
                    return null;
            }
        }
    }

    /// <summary>Leaves the terminal to whoever comes next.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_isTyping)
                Console.Write(Erase);
            _isTyping = false;
        }
    }

    private void Print(string text, bool isNotice)
    {
        lock (_gate)
        {
            if (_isInteractive && _hasColours && isNotice)
                text = Dim + text + Plain;
            // One write, so that nothing flickers.
            Console.Write(_isTyping ? Erase + text + Environment.NewLine + InputLine() : text + Environment.NewLine);
        }
    }

    private string InputLine()
    {
        var (visible, cursor) = _line.View(Width() - Prompt.Length);
        var back = visible.Length - cursor;
        return Prompt + visible + (back > 0 ? $"\e[{back}D" : "");
    }

    private static int Width()
    {
        try
        {
            return Math.Max(20, Console.WindowWidth);
        }
        catch (IOException)
        {
            return 80;
        }
    }

    // Others wrote what is printed here: without these it can neither steer the terminal, nor pass for a second line, nor run backwards.
    private static string Printable(string text) => string.Concat(text.Select(c =>
        char.IsControl(c) || (c != '\u200d' && char.GetUnicodeCategory(c) == UnicodeCategory.Format) ? ' ' : c));
}
