using Microsoft.Extensions.DependencyInjection;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Hosting;

/// <summary>A service of the application's.</summary>
public sealed class Greeter
{
    public string Greeting { get; init; } = "hello";
}

/// <summary>A server made by dependency injection: its constructor takes its services and attaches its handlers.</summary>
[ChannelServer<RoomProps>(Contracts = [typeof(Say)])]
public sealed partial class GreetingServer : Server<GreetingConnection, RoomProps>
{
    public GreetingServer(ServerOptions options, Greeter greeter)
        : base(options)
    {
        OnConnect += connection => connection.SendDownAsync(new Down($"{greeter.Greeting} {connection.User.Identity?.Name}"));
    }
}

public enum Tone
{
    Low,
    High,
}

/// <summary>A server whose services have keys of several types.</summary>
[ChannelServer<RoomProps>(Contracts = [typeof(Say)])]
public sealed partial class KeyedServer(
    ServerOptions options,
    [FromKeyedServices("a \"quoted\" key")] Greeter text,
    [FromKeyedServices(Tone.High)] Greeter named,
    [FromKeyedServices(-5L)] Greeter number,
    [FromKeyedServices(typeof(List<>))] Greeter type,
    [FromKeyedServices("nobody")] Greeter? missing,
    Greeter plain)
    : Server<KeyedConnection, RoomProps>(options)
{
    public IEnumerable<string?> Greetings => [text.Greeting, named.Greeting, number.Greeting, type.Greeting, missing?.Greeting, plain.Greeting];
}

/// <summary>A service of a scope, as a database context is.</summary>
public sealed class Visit : IDisposable
{
    public bool IsOver { get; private set; }

    public void Dispose() => IsOver = true;
}

/// <summary>A server that asks for what it cannot have.</summary>
[ChannelServer<RoomProps>(Contracts = [typeof(Say)])]
public sealed partial class ScopedServer(ServerOptions options, Visit visit) : Server<ScopedConnection, RoomProps>(options)
{
    public Visit Visit => visit;
}

/// <summary>A server that makes a scope for each message.</summary>
[ChannelServer<RoomProps>(Contracts = [typeof(Say)])]
public sealed partial class ScopingServer(ServerOptions options, IServiceScopeFactory scopes) : Server<ScopingConnection, RoomProps>(options)
{
    internal Seen<Visit> Visits { get; } = new();

    protected override void OnStarting() => OnUp += async (connection, message) =>
    {
        await using var scope = scopes.CreateAsyncScope();
        var visit = scope.ServiceProvider.GetRequiredService<Visit>();
        Visits.Add(visit);
        await connection.SendDownAsync(new Down($"{message.Text} {visit.IsOver}"));
    };
}
