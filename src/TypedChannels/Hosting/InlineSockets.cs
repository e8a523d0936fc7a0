namespace TypedChannels;

/// <summary>Has the process's sockets complete on the threads that wait for the kernel, instead of on the thread pool.</summary>
internal static class InlineSockets
{
    // https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.server.kestrel.transport.sockets.sockettransportoptions.unsafepreferinlinescheduling
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Must come before the process first waits for a socket: the framework reads the variable once, and there is no other way to say it.
    /// What the user has set stays.
    /// </summary>
    public static void Enable()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
            Environment.SetEnvironmentVariable(Variable, "1");
    }
}
