using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TypedChannels.Tests.Hosting;

public class ConfigurationTests
{
    // Another value than the default, for each option that a configuration may set.
    private const string All = """
        {
          "MaxMessageBytes": 16384,
          "MaxFragments": "7",
          "SendQueueBytes": 2097152,
          "ReceiveQueueBytes": 1024,
          "SlowConsumer": "wait",
          "PingInterval": "00:00:20",
          "PingTimeout": "00:00:05.5",
          "HandshakeTimeout": "00:01:00",
          "MessageTimeout": "0:10",
          "MaxControlFramesPerSecond": 10,
          "MaxMessagesPerSecond": 20,
          "MaxBytesPerSecond": 1000000,
          "Compression": "Deflate",
          "CloseTimeout": "00:00:01",
          "MaxConnections": 3,
          "MessageErrorLimit": 0,
          "AllowedOrigins": ["https://example.com", "https://www.example.com"]
        }
        """;

    private static readonly string[] NotConfigurable =
    [
        nameof(ServerOptions.Port), nameof(ServerOptions.Host), nameof(ServerOptions.PendingLimit), nameof(ServerOptions.Path),
        nameof(ServerOptions.Ssl), nameof(ServerOptions.HandlerScheduling), nameof(ServerOptions.LoggerFactory),
        nameof(ServerOptions.TimeProvider),
    ];

    private static IConfigurationSection Section(string json) => new ConfigurationBuilder()
        .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "Realtime": { "Chat": {{json}} } }""")))
        .Build().GetSection("Realtime:Chat");

    private static RoomServer Make(string json, Action<ServerOptions>? configure = null) =>
        new ServiceCollection().AddChannels<RoomServer>(Section(json), configure).BuildServiceProvider().GetRequiredService<RoomServer>();

    private static string Refusal(string json)
    {
        var failure = Assert.Throws<ServerException>(() => Make(json));
        Assert.Equal(ServerErrors.InvalidOptions, failure.Code);
        return failure.Message;
    }

    [Fact]
    public void Every_option_but_those_of_the_own_host_can_be_configured()
    {
        var options = Make(All).Options;
        Assert.Equal(
            (16384, 7, 2097152, 1024, SlowConsumer.Wait),
            (options.MaxMessageBytes, options.MaxFragments, options.SendQueueBytes, options.ReceiveQueueBytes, options.SlowConsumer));
        Assert.Equal(
            (TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5.5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1)),
            (options.PingInterval, options.PingTimeout, options.HandshakeTimeout, options.MessageTimeout, options.CloseTimeout));
        Assert.Equal(
            (10, 20, 1000000, MessageCompression.Deflate, 3, 0),
            (options.MaxControlFramesPerSecond, options.MaxMessagesPerSecond, options.MaxBytesPerSecond, options.Compression,
                options.MaxConnections, options.MessageErrorLimit));
        Assert.Equal(["https://example.com", "https://www.example.com"], options.AllowedOrigins);

        // An option that is added later must be added here too.
        var configured = Section(All).GetChildren().Select(child => child.Key);
        var all = typeof(ServerOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name);
        Assert.Equal(all.Order(StringComparer.Ordinal), configured.Concat(NotConfigurable).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Settings_of_the_documentation_are_read()
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Repository.PathTo("docs", "Snippets", "deploy", "appsettings.json"))
            .AddInMemoryCollection([new("Chat:MaxConnections", "100"), new("Chat:AllowedOrigins:0", "https://example.com")])
            .Build();
        var options = new ServiceCollection().AddChannels<RoomServer>(configuration.GetRequiredSection("Chat"))
            .BuildServiceProvider().GetRequiredService<RoomServer>().Options;
        Assert.Equal(
            (16 * 1024, 50, TimeSpan.FromSeconds(20), SlowConsumer.Wait, MessageCompression.Deflate),
            (options.MaxMessageBytes, options.MaxMessagesPerSecond, options.PingInterval, options.SlowConsumer, options.Compression));
        // What an environment variable has said comes later, and overrules.
        Assert.Equal(100, options.MaxConnections);
        Assert.Equal(["https://example.com"], options.AllowedOrigins);
    }

    [Theory]
    [InlineData("MaxMesageBytes")]
    [InlineData("TimeProvider")]
    [InlineData("LoggerFactory")]
    [InlineData("Buffers")]
    public void Key_that_is_no_option_is_refused_by_name_with_those_that_are(string key)
    {
        var message = Refusal($$"""{ "{{key}}": "1" }""");
        Assert.StartsWith($"The configuration key Realtime:Chat:{key} is no option", message, StringComparison.Ordinal);
        Assert.Contains("MaxMessageBytes", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Port", "1")]
    [InlineData("port", "\"0\"")]
    [InlineData("Host", "\"0.0.0.0\"")]
    [InlineData("PendingLimit", "10000")]
    [InlineData("Path", "\"/\"")]
    [InlineData("Ssl", "{ \"Certificate\": \"x\" }")]
    public void Key_that_an_application_does_not_use_is_refused_with_what_does_it_instead(string key, string value)
    {
        var message = Refusal($$"""{ "{{key}}": {{value}} }""");
        Assert.Contains($"Realtime:Chat:{key} is not used in an application", message, StringComparison.Ordinal);
        Assert.Contains("Kestrel", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MaxMessageBytes", "\"16 KiB\"")]
    [InlineData("MaxMessageBytes", "\"\"")]
    [InlineData("MaxMessageBytes", "1.5")]
    [InlineData("MaxMessageBytes", "99999999999")]
    [InlineData("MaxMessageBytes", "null")]
    [InlineData("MaxMessageBytes", "{ \"Value\": 1 }")]
    [InlineData("MaxMessageBytes", "[1]")]
    [InlineData("MaxMessagesPerSecond", "\"\"")]
    [InlineData("MaxMessagesPerSecond", "{ \"Value\": 1 }")]
    [InlineData("PingInterval", "15")]
    [InlineData("PingInterval", "\"15s\"")]
    [InlineData("PingInterval", "\"0:0:99\"")]
    [InlineData("PingInterval", "null")]
    [InlineData("SlowConsumer", "\"Block\"")]
    [InlineData("SlowConsumer", "1")]
    [InlineData("SlowConsumer", "\"Disconnect, Wait\"")]
    [InlineData("SlowConsumer", "null")]
    [InlineData("Compression", "true")]
    [InlineData("AllowedOrigins", "\"https://example.com\"")]
    public void Value_that_cannot_be_read_is_refused_by_its_key(string key, string value) =>
        Assert.Contains($"Realtime:Chat:{key} must be ", Refusal($$"""{ "{{key}}": {{value}} }"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("[\"https://example.com\", null]")]
    [InlineData("[\"https://example.com\", \"\"]")]
    [InlineData("[\"https://example.com\", [\"https://example.org\"]]")]
    public void Origin_that_cannot_be_read_is_refused_by_its_place(string list) =>
        Assert.Contains("Realtime:Chat:AllowedOrigins:1 must be ", Refusal($$"""{ "AllowedOrigins": {{list}} }"""), StringComparison.Ordinal);

    [Fact]
    public void Value_in_the_section_s_place_is_refused() =>
        Assert.Contains("Realtime:Chat must be a section", Refusal("\"16384\""), StringComparison.Ordinal);

    [Fact]
    public void Whole_configuration_in_the_section_s_place_is_refused()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("AllowedHosts", "*")]).Build();
        var services = new ServiceCollection().AddChannels<RoomServer>(configuration).BuildServiceProvider();
        var failure = Assert.Throws<ServerException>(() => services.GetRequiredService<RoomServer>());
        Assert.Contains("The configuration key AllowedHosts is no option", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{ "AllowedOrigins": [], "MaxMessagesPerSecond": null }""")]
    public void What_is_left_out_keeps_its_default(string json)
    {
        var options = Make(json).Options;
        Assert.Equal(new ServerOptions().MaxMessageBytes, options.MaxMessageBytes);
        Assert.Null(options.MaxMessagesPerSecond);
        Assert.Empty(options.AllowedOrigins);
    }

    [Fact]
    public void Delegate_comes_after_the_section_and_several_calls_add_to_each_other()
    {
        var services = new ServiceCollection()
            .AddChannels<RoomServer>(options => (options.MaxFragments, options.MaxMessageBytes) = (1, 1))
            .AddChannels<RoomServer>(
                Section("""{ "MaxMessageBytes": 2, "MaxConnections": 2, "AllowedOrigins": ["https://a.example"] }"""),
                options => options.MaxConnections = 3)
            .AddChannels<RoomServer>();
        var made = services.BuildServiceProvider().GetRequiredService<RoomServer>().Options;
        Assert.Equal((1, 2, 3), (made.MaxFragments, made.MaxMessageBytes, made.MaxConnections));
        Assert.Equal(["https://a.example"], made.AllowedOrigins);
    }

    [Fact]
    public async Task Options_of_the_configuration_are_applied_and_those_of_a_reload_are_not()
    {
        IConfigurationRoot? root = null;
        await using var app = await Application.StartAsync(
            builder =>
            {
                builder.Configuration.AddInMemoryCollection([new("Chat:MaxMessageBytes", "100")]);
                builder.Services.AddChannels<RoomServer>(builder.Configuration.GetSection("Chat"));
                root = builder.Configuration;
            },
            application => application.MapChannels<RoomServer>("/"));
        root!["Chat:MaxMessageBytes"] = "1000";
        root["Chat:NoOption"] = "1";
        root.Reload();
        await using var client = await RawClient.OpenAsync(app.Port);
        await client.ReadReadyAsync();
        await client.SendAsync(new string('x', 101));
        Assert.Equal(1009, (await client.CloseBackAsync()).Code);
    }

    [Fact]
    public async Task Value_out_of_its_range_is_refused_by_its_option_s_name()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddChannels<RoomServer>(Section("""{ "PingInterval": "2.00:00:00" }"""));
        await using var app = builder.Build();
        var failure = Assert.Throws<ServerException>(() => app.MapChannels<RoomServer>("/"));
        Assert.Contains("ServerOptions.PingInterval", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Option_that_an_application_does_not_use_is_warned_of_once()
    {
        await using var app = await Application.StartAsync(
            builder => builder.Services.AddChannels<RoomServer>(options =>
                (options.Port, options.Host, options.Path, options.PendingLimit, options.Ssl) = (1, "::1", "/chat", 1, new SslOptions())),
            application =>
            {
                application.MapChannels<RoomServer>("/a");
                application.MapChannels<RoomServer>("/b");
            });
        Assert.Equal(101, await app.AskAsync("/a"));
        var line = Assert.Single(app.Log.Lines).Text;
        Assert.StartsWith("Port, Host, PendingLimit, Ssl, Path of the ServerOptions of RoomServer: not used", line, StringComparison.Ordinal);
    }
}
