using TypedChannels.LoadGenerator;
using TypedChannels.LoadGenerator.Comparison;

try
{
    switch (args)
    {
        case ["echo" or "fan" or "idle", ..]:
            Console.WriteLine(Measurement.Run(new Options(args[0], args[1..])));
            return 0;
        case ["listening", var port, var since]:
            Console.WriteLine(Listening.Await(port, since));
            return 0;
        case ["tables", var file]:
            Console.Write(Tables.Of(Results.Read(file)));
            return 0;
        default:
            return Usage(args is ["--help"] ? 0 : 2);
    }
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
catch (Exception exception) when (exception is LoadException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static int Usage(int code)
{
    Console.Error.WriteLine("""
        Load for a WebSocket server on 127.0.0.1, from one thread. SECONDS is at most 14.

        echo PORT CONNECTIONS DEPTH SECONDS MESSAGE   each connection keeps DEPTH messages in flight
        fan PORT CONNECTIONS SECONDS MESSAGE          the first connection sends; once all have it, again
        idle PORT CONNECTIONS SECONDS                 they are held
          --path PATH          of the handshake (/)
          --hello TEXT         is sent first
          --ready N            messages to wait for on each connection, before there is load (0)
          --record-separator   a byte 0x1e ends a message, not its frame (SignalR)
          --pid PID            the server's: its CPU and memory are looked at
          --sources N          loopback addresses to connect from: one has 28,000 ports

        listening PORT SINCE   waits until somebody listens; SINCE: date +%s%N of the start
        tables FILE            medians and ratios of lines "server,measure,value", in Markdown

        Prints a line of figures. Ends with 1 where there is none, and says why.
        """);
    return code;
}
