using System.Globalization;

namespace TypedChannels.Load;

/// <summary>What stands behind a command: pairs of a name and a value.</summary>
internal sealed class Arguments(string[] arguments)
{
    public int Number(string name, int otherwise)
    {
        var text = Text(name);
        if (text is null)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"{name} takes a number, not {text}.");
    }

    /// <exception cref="ArgumentException">There is an option of another name.</exception>
    public Arguments Only(params string[] names)
    {
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (!names.Contains(arguments[i]))
                throw new ArgumentException($"{arguments[i]} is no option of this command, but {string.Join(", ", names)}.");
        }
        return this;
    }

    public string? Text(string name)
    {
        var at = Array.IndexOf(arguments, name);
        if (at < 0)
            return null;
        return at + 1 < arguments.Length ? arguments[at + 1] : throw new ArgumentException($"{name} takes a value.");
    }
}
