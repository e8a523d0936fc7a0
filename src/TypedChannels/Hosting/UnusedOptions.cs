using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>The options that only a server on its own host uses: in an application they say nothing, and whoever sets one must know.</summary>
internal static class UnusedOptions
{
    public const string Instead =
        "where Kestrel's own settings (urls, Kestrel:Endpoints, ConfigureKestrel) say where it listens and with which certificate, "
        + "and MapChannels the path";

    private static readonly ServerOptions Defaults = new();

    public static string[] Names { get; } =
    [
        nameof(ServerOptions.Port), nameof(ServerOptions.Host), nameof(ServerOptions.PendingLimit), nameof(ServerOptions.Ssl),
        nameof(ServerOptions.Path), nameof(ServerOptions.HandlerScheduling),
    ];

    public static void Tell(ServerOptions options, ILogger logger, string server)
    {
        bool[] isSet =
        [
            options.Port != Defaults.Port, options.Host != Defaults.Host, options.PendingLimit != Defaults.PendingLimit,
            options.Ssl is not null, options.Path != Defaults.Path, options.HandlerScheduling != Defaults.HandlerScheduling,
        ];
        var set = string.Join(", ", Names.Where((_, index) => isSet[index]));
        if (set.Length > 0)
            ServerLog.OptionsNotUsed(logger, set, server);
    }
}
