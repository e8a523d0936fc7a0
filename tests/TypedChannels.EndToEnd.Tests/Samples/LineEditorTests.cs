using Chat;

namespace TypedChannels.Tests.Samples;

/// <summary>The line that is typed in the sample's client.</summary>
public class LineEditorTests
{
    private static LineEditor Typed(string text)
    {
        var line = new LineEditor();
        foreach (var letter in text)
            Press(line, default, letter);
        return line;
    }

    private static LineEditor.Outcome Press(LineEditor line, ConsoleKey key, char letter = '\0', bool control = false) =>
        line.Press(new ConsoleKeyInfo(letter, key, shift: false, alt: false, control), out _);

    [Fact]
    public void Enter_gives_the_line_and_empties_it()
    {
        var line = Typed("hi 🙂");
        Assert.Equal(LineEditor.Outcome.Entered, line.Press(new ConsoleKeyInfo('\r', ConsoleKey.Enter, false, false, false), out var entered));
        Assert.Equal(("hi 🙂", ""), (entered, line.Text));
    }

    [Fact]
    public void Keys_edit_where_the_cursor_stands_and_take_a_pair_for_one_character()
    {
        var line = Typed("a🙂c");
        Press(line, ConsoleKey.LeftArrow);
        Press(line, ConsoleKey.LeftArrow);
        Assert.Equal(("a🙂c", 1), line.View(80));
        Press(line, ConsoleKey.B, 'b');
        Press(line, ConsoleKey.Delete);
        Assert.Equal("abc", line.Text);
        Press(line, ConsoleKey.Home);
        Press(line, ConsoleKey.Backspace);
        Press(line, ConsoleKey.RightArrow);
        Press(line, ConsoleKey.Backspace);
        Press(line, ConsoleKey.End);
        Press(line, ConsoleKey.Delete);
        Assert.Equal("bc", line.Text);
        Press(line, ConsoleKey.U, '\u0015', control: true);
        Assert.Equal("", line.Text);
    }

    [Fact]
    public void End_of_input_is_one_only_on_an_empty_line()
    {
        Assert.Equal(LineEditor.Outcome.Edited, Press(Typed("x"), ConsoleKey.D, '\u0004', control: true));
        Assert.Equal(LineEditor.Outcome.Ended, Press(Typed(""), ConsoleKey.D, '\u0004', control: true));
    }

    [Fact]
    public void Line_that_is_longer_than_the_screen_shows_the_part_with_the_cursor()
    {
        var line = Typed("0123456789");
        Assert.Equal(("789", 3), line.View(4));
        Press(line, ConsoleKey.Home);
        Assert.Equal(("0123", 0), line.View(4));
    }

    [Fact]
    public void Neither_a_control_character_nor_more_than_the_bound_gets_in() =>
        Assert.Equal(LineEditor.MaxLength, Typed("\u001b\u0007" + new string('x', LineEditor.MaxLength + 5)).Text.Length);
}
