using TypedChannels;
using TypedChannels.Tests;

// Tells on which threads its handlers run, and has one block an I/O thread when it is asked to.
using var never = new ManualResetEventSlim();
await using var server = new InlineServer(new ServerOptions { Host = "127.0.0.1", HandlerScheduling = HandlerScheduling.Inline });
server.OnAsk += async (connection, _) =>
{
    await connection.SendToldAsync(new Told(Thread.CurrentThread.IsThreadPoolThread));
    await Task.Yield();
    await connection.SendToldAsync(new Told(Thread.CurrentThread.IsThreadPoolThread));
};
server.OnBlock += (connection, _) =>
{
    var isPool = Thread.CurrentThread.IsThreadPoolThread;
    if (!isPool)
        never.Wait(TimeSpan.FromSeconds(2));
    return connection.SendToldAsync(new Told(isPool));
};
await server.StartAsync();
Console.WriteLine($"Port: {server.Port}");
// Whoever runs this ends it.
await Task.Delay(Timeout.Infinite);
