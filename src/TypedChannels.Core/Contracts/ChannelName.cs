using System.Runtime.CompilerServices;

namespace TypedChannels;

/// <summary>Refuses at run time what <c>[Channel]</c> refuses at compile time.</summary>
internal static class ChannelName
{
    /// <exception cref="ArgumentException">No channel may be called so.</exception>
    public static void ThrowIfInvalid(string channel, [CallerArgumentExpression(nameof(channel))] string? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(channel, parameter);
        var fault = ChannelNameRule.Check(channel);
        if (fault != ChannelNameFault.None)
            throw new ArgumentException(Describe(fault), parameter);
    }

    private static string Describe(ChannelNameFault fault) => fault switch
    {
        ChannelNameFault.Empty => "A channel's name is empty.",
        ChannelNameFault.TooLong => $"A channel's name is longer than {ChannelNameRule.MaxBytes} bytes of UTF-8.",
        ChannelNameFault.NoText => "A channel's name has a control character, or half a surrogate pair.",
        _ => $"Channels whose names begin with {ChannelNameRule.ReservedPrefix} are the framework's.",
    };
}
