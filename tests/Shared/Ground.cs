using System.Net;
using System.Net.Sockets;

namespace TypedChannels.Tests;

/// <summary>
/// What a test stands on that the .NET SDK does not bring. Where it is absent the test is skipped and says why;
/// with TYPEDCHANNELS_REQUIRE_ALL=1 it fails instead, so that a complete run cannot leave anything out unseen.
/// </summary>
internal static class Ground
{
    public static void Require(bool present, string otherwise)
    {
        if (present)
            return;
        Assert.False(Environment.GetEnvironmentVariable("TYPEDCHANNELS_REQUIRE_ALL") == "1", otherwise);
        Assert.Skip(otherwise);
    }

    /// <summary>Where the first of these programs stands that is on the PATH.</summary>
    public static string RequireProgram(string otherwise, params string[] names)
    {
        var found = names.SelectMany(OnPath).FirstOrDefault();
        Require(found is not null, otherwise);
        return found!;
    }

    public static string RequireChromium() =>
        RequireProgram("There is no Chromium on the PATH.", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    /// <summary>Native AOT links with the machine's C compiler.</summary>
    public static void RequireNativeAot()
    {
        RequireSignals();
        RequireProgram("Native AOT needs clang or gcc, and neither is on the PATH.", "clang", "gcc");
    }

    /// <summary>Where Node.js stands, with the package ws installed for the tests.</summary>
    public static string RequireNodeWithWs()
    {
        var node = RequireProgram("There is no Node.js on the PATH.", "node");
        Require(
            Directory.Exists(Repository.PathTo("tests", "TypedChannels.Tests", "Foreign", "node_modules", "ws")),
            "The package ws is not installed: run `npm ci` in tests/TypedChannels.Tests/Foreign.");
        return node;
    }

    public static void RequireSignals() =>
        Require(!OperatingSystem.IsWindows(), "The test ends a process with SIGTERM, which Windows does not have.");

    public static void RequireFreePort(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        var isFree = true;
        try
        {
            listener.Start();
        }
        catch (SocketException)
        {
            isFree = false;
        }
        Require(isFree, $"Another process listens on port {port}, which the program under test has written in it.");
    }

    private static IEnumerable<string> OnPath(string name)
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return folders.Select(folder => Path.Combine(folder, file)).Where(File.Exists);
    }
}
