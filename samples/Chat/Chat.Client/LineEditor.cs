namespace Chat;

/// <summary>The line that is being typed, without a screen: keys in, text and cursor out.</summary>
internal sealed class LineEditor
{
    /// <summary>The longest line, in UTF-16 code units: a paste must not grow it for ever.</summary>
    public const int MaxLength = 2000;

    private string _before = "";
    private string _after = "";

    /// <summary>What a key has done.</summary>
    public enum Outcome
    {
        Edited,
        Entered,
        Ended,
    }

    public string Text => _before + _after;

    /// <summary>Takes a key. Where the line is entered it is empty again.</summary>
    public Outcome Press(ConsoleKeyInfo key, out string entered)
    {
        entered = "";
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                (entered, _before, _after) = (Text, "", "");
                return Outcome.Entered;
            // Ctrl+D, as a shell has it.
            case ConsoleKey.D when key.Modifiers.HasFlag(ConsoleModifiers.Control):
                return Text.Length == 0 ? Outcome.Ended : Outcome.Edited;
            case ConsoleKey.U when key.Modifiers.HasFlag(ConsoleModifiers.Control):
                _before = "";
                break;
            case ConsoleKey.Backspace:
                _before = _before[..^LastLength(_before)];
                break;
            case ConsoleKey.Delete:
                _after = _after[FirstLength(_after)..];
                break;
            case ConsoleKey.LeftArrow:
                (_before, _after) = (_before[..^LastLength(_before)], _before[^LastLength(_before)..] + _after);
                break;
            case ConsoleKey.RightArrow:
                (_before, _after) = (_before + _after[..FirstLength(_after)], _after[FirstLength(_after)..]);
                break;
            case ConsoleKey.Home:
                (_before, _after) = ("", Text);
                break;
            case ConsoleKey.End:
                (_before, _after) = (Text, "");
                break;
            default:
                if (!char.IsControl(key.KeyChar) && Text.Length < MaxLength)
                    _before += key.KeyChar;
                break;
        }
        return Outcome.Edited;
    }

    /// <summary>The part of the line that fits, and where in it the cursor stands: the cursor is always to be seen.</summary>
    public (string Visible, int Cursor) View(int width)
    {
        var hidden = Math.Max(0, _before.Length - Math.Max(1, width - 1));
        // Not half of a character that takes two.
        if (hidden > 0 && hidden < _before.Length && char.IsLowSurrogate(_before[hidden]))
            hidden++;
        var text = Text[hidden..];
        return (text.Length > width ? text[..width] : text, _before.Length - hidden);
    }

    private static int LastLength(string text) => text switch
    {
        [] => 0,
        [.., var high, var low] when char.IsSurrogatePair(high, low) => 2,
        _ => 1,
    };

    private static int FirstLength(string text) => text switch
    {
        [] => 0,
        [var high, var low, ..] when char.IsSurrogatePair(high, low) => 2,
        _ => 1,
    };
}
