using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace TypedChannels.Tests.Hosting;

public class ServicesTests
{
    private static async Task<string> FailureAsync<TServer>(Action<IServiceCollection> add, string environment = "Production")
        where TServer : TypedChannels.Server, IChannelServer<TServer>
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Services.AddChannels<TServer>();
        add(builder.Services);
        await using var app = builder.Build();
        return Assert.Throws<InvalidOperationException>(() => app.MapChannels<TServer>("/")).Message;
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Scoped_service_of_a_constructor_is_refused_with_what_to_take_instead(string environment)
    {
        var message = await FailureAsync<ScopedServer>(services => services.AddScoped<Visit>(), environment);
        Assert.Contains("ScopedServer is one for the whole application", message, StringComparison.Ordinal);
        Assert.Contains(typeof(Visit).FullName!, message, StringComparison.Ordinal);
        Assert.Contains("IServiceScopeFactory", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scope_of_a_message_ends_with_it()
    {
        await using var app = await Application.StartAsync(
            builder =>
            {
                builder.Services.AddScoped<Visit>();
                builder.Services.AddChannels<ScopingServer>();
            },
            application => application.MapChannels<ScopingServer>("/"));
        await using var client = await RawClient.OpenAsync(app.Port);
        await client.ReadReadyAsync();
        var visits = app.Services.GetRequiredService<ScopingServer>().Visits;
        await client.SendAsync("""{"channel":"up","message":{"text":"one"}}""");
        Assert.Equal("""{"channel":"down","message":{"text":"one False"}}""", await client.ReadTextAsync());
        var first = await visits.NextAsync();
        await Wait.UntilAsync(() => first.IsOver, over => over);
        await client.SendAsync("""{"channel":"up","message":{"text":"two"}}""");
        Assert.Equal("""{"channel":"down","message":{"text":"two False"}}""", await client.ReadTextAsync());
        Assert.NotSame(first, await visits.NextAsync());
    }

    [Fact]
    public async Task Keyed_services_are_found_by_text_number_name_and_type()
    {
        await using var app = await Application.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton(new Greeter { Greeting = "plain" });
                builder.Services.AddKeyedSingleton("a \"quoted\" key", new Greeter { Greeting = "text" });
                builder.Services.AddKeyedSingleton(Tone.High, new Greeter { Greeting = "named" });
                builder.Services.AddKeyedSingleton(-5L, new Greeter { Greeting = "number" });
                builder.Services.AddKeyedSingleton<Greeter>(typeof(List<>), new Greeter { Greeting = "type" });
                builder.Services.AddChannels<KeyedServer>();
            },
            application => application.MapChannels<KeyedServer>("/"));
        var server = app.Services.GetRequiredService<KeyedServer>();
        Assert.Equal(["text", "named", "number", "type", null, "plain"], server.Greetings);
    }

    [Fact]
    public async Task Missing_keyed_service_is_told_with_its_key()
    {
        var message = await FailureAsync<KeyedServer>(services => services.AddSingleton(new Greeter()));
        Assert.Contains(nameof(Greeter), message, StringComparison.Ordinal);
        Assert.Contains("a \\\"quoted\\\" key", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scoped_keyed_service_is_refused_too()
    {
        var message = await FailureAsync<KeyedServer>(services => services.AddKeyedScoped<Greeter>("a \"quoted\" key"));
        Assert.Contains("IServiceScopeFactory", message, StringComparison.Ordinal);
    }
}
