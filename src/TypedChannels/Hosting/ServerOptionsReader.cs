using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace TypedChannels;

/// <summary>
/// Reads options from an application's configuration. The framework's binder, generated or not, leaves an option as it is where its value
/// is empty, null or a section, and takes <c>15</c> for fifteen days: whoever wrote that would not be told. So each key is read here.
/// </summary>
internal static class ServerOptionsReader
{
    private static readonly Dictionary<string, Action<ServerOptions, IConfigurationSection>> Options = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(ServerOptions.MaxMessageBytes)] = (options, value) => options.MaxMessageBytes = Number(value),
        [nameof(ServerOptions.MaxFragments)] = (options, value) => options.MaxFragments = Number(value),
        [nameof(ServerOptions.SendQueueBytes)] = (options, value) => options.SendQueueBytes = Number(value),
        [nameof(ServerOptions.ReceiveQueueBytes)] = (options, value) => options.ReceiveQueueBytes = Number(value),
        [nameof(ServerOptions.SlowConsumer)] = (options, value) => options.SlowConsumer = Name<SlowConsumer>(value),
        [nameof(ServerOptions.PingInterval)] = (options, value) => options.PingInterval = Time(value),
        [nameof(ServerOptions.PingTimeout)] = (options, value) => options.PingTimeout = Time(value),
        [nameof(ServerOptions.HandshakeTimeout)] = (options, value) => options.HandshakeTimeout = Time(value),
        [nameof(ServerOptions.MessageTimeout)] = (options, value) => options.MessageTimeout = Time(value),
        [nameof(ServerOptions.MaxControlFramesPerSecond)] = (options, value) => options.MaxControlFramesPerSecond = Number(value),
        [nameof(ServerOptions.MaxMessagesPerSecond)] = (options, value) => options.MaxMessagesPerSecond = NumberOrNull(value),
        [nameof(ServerOptions.MaxBytesPerSecond)] = (options, value) => options.MaxBytesPerSecond = NumberOrNull(value),
        [nameof(ServerOptions.Compression)] = (options, value) => options.Compression = Name<MessageCompression>(value),
        [nameof(ServerOptions.CloseTimeout)] = (options, value) => options.CloseTimeout = Time(value),
        [nameof(ServerOptions.MaxConnections)] = (options, value) => options.MaxConnections = Number(value),
        [nameof(ServerOptions.MessageErrorLimit)] = (options, value) => options.MessageErrorLimit = Number(value),
        [nameof(ServerOptions.AllowedOrigins)] = AddOrigins,
    };

    /// <exception cref="ServerException"><see cref="ServerErrors.InvalidOptions"/>: the message names the key.</exception>
    public static void Read(IConfiguration section, ServerOptions options)
    {
        if (section is IConfigurationSection { Value.Length: > 0 } scalar)
            throw Invalid(scalar, "a section with the server's options");
        foreach (var value in section.GetChildren())
        {
            if (Options.TryGetValue(value.Key, out var set))
                set(options, value);
            else if (UnusedOptions.Names.Contains(value.Key, StringComparer.OrdinalIgnoreCase))
                throw Failure($"The configuration key {value.Path} is not used in an application, {UnusedOptions.Instead}.");
            else
                throw Failure($"The configuration key {value.Path} is no option of a server. The options are {string.Join(", ", Options.Keys)}.");
        }
    }

    private static int Number(IConfigurationSection value) =>
        int.TryParse(Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Invalid(value, "a whole number");

    private static int? NumberOrNull(IConfigurationSection value) => value.Value is null && !HasChildren(value) ? null : Number(value);

    private static TimeSpan Time(IConfigurationSection value) =>
        // Without a colon it is a number of days, which nobody means.
        Text(value) is { } text && text.Contains(':', StringComparison.Ordinal)
        && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time)
            ? time
            : throw Invalid(value, "a time such as 00:00:15");

    private static T Name<T>(IConfigurationSection value)
        where T : struct, Enum =>
        // Not its number, nor several names, which Enum takes too.
        Enum.TryParse<T>(Text(value), ignoreCase: true, out var named)
        && string.Equals(Enum.GetName(named), value.Value, StringComparison.OrdinalIgnoreCase)
            ? named
            : throw Invalid(value, string.Join(" or ", Enum.GetNames<T>()));

    private static void AddOrigins(ServerOptions options, IConfigurationSection list)
    {
        // An empty list has the value "".
        if (list.Value is { Length: > 0 })
            throw Invalid(list, "a list of origins");
        foreach (var origin in list.GetChildren())
            options.AllowedOrigins.Add(Text(origin) is { Length: > 0 } text ? text : throw Invalid(origin, "an origin such as https://example.com"));
    }

    /// <summary>Null: there is none, or a section or a list in its place.</summary>
    private static string? Text(IConfigurationSection value) => HasChildren(value) ? null : value.Value;

    private static bool HasChildren(IConfigurationSection value) => value.GetChildren().Any();

    private static ServerException Invalid(IConfigurationSection value, string what)
    {
        var found = HasChildren(value) ? "a section or a list" : value.Value is { } text ? $"`{text}`" : "null";
        return Failure($"The configuration key {value.Path} must be {what}, not {found}.");
    }

    private static ServerException Failure(string message) => new(ServerErrors.InvalidOptions, message);
}
