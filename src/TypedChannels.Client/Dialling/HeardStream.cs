using System.Net.Sockets;

namespace TypedChannels;

/// <summary>A TCP connection that notes when it was last heard of. The framework's socket does not show the pongs that it takes in.</summary>
internal sealed class HeardStream(Socket socket, ReceiveClock clock) : NetworkStream(socket, ownsSocket: true)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        clock.Mark();
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
