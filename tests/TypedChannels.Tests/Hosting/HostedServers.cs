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
