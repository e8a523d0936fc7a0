using System.Runtime.InteropServices;

namespace TypedChannels.LoadGenerator.Sockets;

/// <summary>The system calls that it takes, as the C library of Linux has them.</summary>
internal static partial class Linux
{
    public const int InterNetwork = 2, Stream = 1, NonBlocking = 0x800;
    public const int LevelIp = 0, BindAddressNoPort = 24, LevelTcp = 6, NoDelay = 1;
    public const int NoSignal = 0x4000;
    public const int Interrupted = 4, Again = 11, InProgress = 115;
    public const int ControlAdd = 1;
    public const uint In = 1, Out = 4, Error = 8, HangUp = 0x10, ReadHangUp = 0x2000, EdgeTriggered = 1u << 31;

    private const string Library = "libc";

    public static int LastError => Marshal.GetLastPInvokeError();

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSocketOption(int socket, int level, int name, in int value, int length);

    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int socket, in SocketAddress address, int length);

    [LibraryImport(Library, EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int socket, in SocketAddress address, int length);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, in byte buffer, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, ref byte buffer, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int CreatePoll(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int ControlPoll(int poll, int operation, int descriptor, ref byte wanted);

    [LibraryImport(Library, EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int WaitPoll(int poll, ref byte events, int count, int milliseconds);

    /// <summary>What the system says of the last error.</summary>
    public static LoadException Failed(string what) =>
        new($"{what} failed: {Marshal.GetPInvokeErrorMessage(LastError)} ({LastError}).");
}
