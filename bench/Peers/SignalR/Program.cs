using System.Globalization;
using System.Net;
using TypedChannels.Bench.Peers;

// The benchmark's work by SignalR, with its JSON protocol and generated metadata: PORT
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, int.Parse(args[0], CultureInfo.InvariantCulture)));
builder.Services.AddSignalR()
    .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, ChatJson.Default));
var app = builder.Build();
app.MapHub<ChatHub>("/hub");
app.Run();
