#region services
using TypedChannels;
#endregion

namespace Snippets.Hosting;

internal static class Services
{
    public static void Run(string[] args)
    {
        #region services
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton<Words>();
        builder.Services.AddScoped<Archive>();
        builder.Services.AddChannels<TalkServer>();

        var app = builder.Build();
        app.MapChannels<TalkServer>("/talk");
        app.Run();
        #endregion
    }
}

#region services
[Channel("talk")]
public sealed record Talk(string Text);

public sealed class TalkProps;

public sealed class Words
{
    public bool AreFine(string text) => !text.Contains("spam", StringComparison.OrdinalIgnoreCase);
}

public sealed class Archive
{
    public Task KeepAsync(Talk talk) => Task.CompletedTask;
}

[ChannelServer<TalkProps>]
public sealed partial class TalkServer(ServerOptions options, Words words, IServiceScopeFactory scopes)
    : Server<TalkConnection, TalkProps>(options)
{
    protected override void OnStarting() => OnTalk += async (_, talk) =>
    {
        if (!words.AreFine(talk.Text))
            return;
        await using (var scope = scopes.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<Archive>().KeepAsync(talk);
        await EmitTalkAsync(talk);
    };
}
#endregion
