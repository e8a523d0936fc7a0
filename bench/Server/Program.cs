using TypedChannels;
using TypedChannels.Bench;

var options = new ServerOptions { Host = "127.0.0.1" };
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--port" when i + 1 < args.Length && int.TryParse(args[i + 1], out var port):
            options.Port = port;
            i++;
            break;
        case "--inline":
            options.HandlerScheduling = HandlerScheduling.Inline;
            break;
        default:
            Console.Error.WriteLine($"""
                Not known: {args[i]}

                --port N   to listen on, of 127.0.0.1
                --inline   handlers run on the I/O threads (HandlerScheduling.Inline)
                """);
            return 2;
    }
}
await using var server = new BenchServer(options);
await server.RunAsync();
return 0;
