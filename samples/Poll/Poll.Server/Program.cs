using Poll;
using TypedChannels;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddChannels<PollServer>();

var app = builder.Build();
app.UseDefaultFiles();
app.UseStaticFiles();
app.MapChannels<PollServer>("/poll");
app.Run();
