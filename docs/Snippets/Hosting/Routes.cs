#region routes
using TypedChannels;
#endregion

namespace Snippets.Hosting;

internal static class Routes
{
    public static void Run(string[] args)
    {
        #region routes
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddChannels<RoomServer>();

        var app = builder.Build();
        app.MapChannels<RoomServer>("/rooms/{room}");
        app.Run();
        #endregion
    }
}

#region routes
[Channel("say")]
public sealed record Say(string Text);

public sealed record RoomProps(string Room);

[ChannelServer<RoomProps>]
public sealed partial class RoomServer
{
    protected override ValueTask OnHandshakeAsync(HandshakeContext handshake)
    {
        if ((string?)handshake.RouteValues["room"] == "closed")
            handshake.Refuse(StatusCodes.Status410Gone);
        return default;
    }

    protected override RoomProps CreateProps(HandshakeContext handshake) => new((string)handshake.RouteValues["room"]!);
}
#endregion
