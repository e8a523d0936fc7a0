namespace TypedChannels.Fuzz.Engine;

/// <summary>What must always be true was not.</summary>
internal sealed class InvariantException(string message) : Exception(message);

internal static class Invariant
{
    public static void Holds(bool isTrue, string sentence)
    {
        if (!isTrue)
            throw new InvariantException(sentence);
    }

    public static void Same<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvariantException($"{what}: expected {expected}, but it is {actual}.");
    }
}
