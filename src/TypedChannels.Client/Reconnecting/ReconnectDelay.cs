using System.Security.Cryptography;

namespace TypedChannels;

/// <summary>Exponential back-off with full jitter: an even draw between zero and a bound that doubles up to a cap.</summary>
/// <remarks>
/// Polly.Core was weighed: its exponential jitter is another one (decorrelated, around a median), so that of the whole package only the
/// loop would have been used.
/// </remarks>
internal static class ReconnectDelay
{
    /// <param name="attempt">Which attempt it comes before, from 1.</param>
    /// <param name="options">The bounds, and the chance.</param>
    public static TimeSpan Before(int attempt, ReconnectOptions options) => Bound(attempt, options) * options.Chance();

    /// <summary>The longest delay that may come before an attempt.</summary>
    public static TimeSpan Bound(int attempt, ReconnectOptions options)
    {
        // Counted in doubles: after some sixty attempts twice as much would be out of a TimeSpan's range.
        var grown = options.FirstDelay.TotalSeconds * Math.Pow(2, attempt - 1);
        return grown < options.MaxDelay.TotalSeconds ? TimeSpan.FromSeconds(grown) : options.MaxDelay;
    }

    // The system's generator needs neither a seed nor a lock, and no two clients, or processes, can draw alike.
    public static double Draw() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;
}
