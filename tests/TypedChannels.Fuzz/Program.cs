using TypedChannels.Fuzz.Engine;

if (Settings.Parse(args) is not { } settings)
{
    Console.Error.WriteLine(Settings.Help);
    return args is ["--help"] ? 0 : 2;
}
return settings.UsesCoverage && settings.Input is null ? Instrumented.Run(args) : Session.Run(args, isInstrumented: false);
