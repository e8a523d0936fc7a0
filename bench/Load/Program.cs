using TypedChannels.Load;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    // The children have the same signal, or their standard input's end.
    key.Cancel = true;
    stop.Cancel();
};

try
{
    return args.FirstOrDefault() switch
    {
        "stalled" => await new StalledCommand(
            new Arguments(args[1..]).Only("--subscribers", "--stalled", "--rounds", "--filled", "--seconds", "--rate", "--bytes")).RunAsync(stop.Token),
        "flood" => await new FloodCommand(new Arguments(args[1..]).Only("--rows", "--seconds", "--bystanders")).RunAsync(stop.Token),
        "compression" => await new CompressionCommand(new Arguments(args[1..]).Only("--seconds", "--connections")).RunAsync(stop.Token),
        ServeCommand.Name => await ServeCommand.RunAsync(args[1..]),
        BystandCommand.Name => await BystandCommand.RunAsync(new Arguments(args[1..]), stop.Token),
        "--help" => Usage(0),
        _ => Usage(2),
    };
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

static int Usage(int code)
{
    Console.Error.WriteLine("""
        Load stalled   10,000 subscribers, of which 1,000 stop reading: what do the others notice?
          --subscribers N (10000)  --stalled N (1000)  --rounds N (3)
          --filled N (200)         whose queues are filled at the end
          --seconds N (15)         of each measurement
          --rate N (2)             broadcasts a second
          --bytes N (1024)         of a message

        Load flood     hostile input, beside 100 honest connections: what does it cost?
          --rows F-08,J-01,…       only these
          --seconds N (5)          of each row
          --bystanders N (100)

        Load compression what a message costs with and without it
          --seconds N (3)          of each measurement
          --connections N (5000)   whose memory is looked at

        Ends with 1 where a goal is missed.
        """);
    return code;
}
