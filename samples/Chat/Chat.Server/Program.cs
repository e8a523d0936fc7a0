using Chat;
using TypedChannels;

var builder = WebApplication.CreateSlimBuilder(args);

// Seen from this machine only, unless --urls (or ASPNETCORE_URLS) says otherwise.
if (string.IsNullOrEmpty(builder.Configuration["urls"]))
    builder.WebHost.UseUrls("http://127.0.0.1:3549");

builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddChannels<ChatServer>(options => options.MaxMessageBytes = 16 * 1024);

await using var app = builder.Build();
app.MapPage();
app.MapChannels<ChatServer>("/chat");

await app.StartAsync();
Console.WriteLine($"Chat is open at {string.Join(", ", app.Urls)}");
await app.WaitForShutdownAsync();
