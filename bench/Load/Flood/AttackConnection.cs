using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;

namespace TypedChannels.Load;

/// <summary>How a connection ended, as the attacker saw it.</summary>
/// <param name="CloseCode">The server's close frame's; 0: none came.</param>
/// <param name="Seconds">From when it began to break the rules until TCP had ended; null: it had not in time.</param>
internal sealed record Ending(int CloseCode, double? Seconds);

/// <summary>One connection of an attacker: everything that it sends is counted.</summary>
internal sealed class AttackConnection : IDisposable
{
    private static readonly byte[] Pong = ClientFrame.Encode(ClientFrame.Pong, []);

    private readonly RawConnection _connection;
    private readonly Field _field;
    private readonly Task _reading;
    private int _closeCode;

    private AttackConnection(RawConnection connection, Field field, bool isReading)
    {
        (_connection, _field) = (connection, field);
        _reading = isReading ? ReadAsync() : Task.CompletedTask;
    }

    public Socket Socket => _connection.Socket;

    /// <summary>When it began to break the rules.</summary>
    public long BeganAt { get; set; } = Stopwatch.GetTimestamp();

    /// <param name="field">Where it counts.</param>
    /// <param name="isReading">Whether it reads what the server sends; else the caller does, and small buffers make that felt.</param>
    public static async Task<AttackConnection> OpenAsync(Field field, bool isReading = true)
    {
        var connection = await RawConnection.OpenAsync(field.Port, Kind.Attacker, hasSmallBuffers: !isReading, field.Stop);
        field.Opened(connection.RequestBytes);
        return new AttackConnection(connection, field, isReading);
    }

    /// <summary>Sends. False: the connection is gone.</summary>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            _field.Sent(await _connection.Socket.SendAsync(bytes, _field.Stop));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Waits for the server to end TCP.</summary>
    public async Task<Ending> EndAsync(TimeSpan patience)
    {
        try
        {
            await _reading.WaitAsync(patience, _field.Stop);
            return new Ending(_closeCode, Stopwatch.GetElapsedTime(BeganAt).TotalSeconds);
        }
        catch (TimeoutException)
        {
            return new Ending(_closeCode, null);
        }
    }

    public void Dispose() => _connection.Dispose();

    private async Task ReadAsync()
    {
        try
        {
            while (await _connection.Socket.ReceiveAsync(_connection.Frames.Room) is var count and > 0)
            {
                _connection.Frames.Filled(count);
                while (_connection.Frames.TryTake(out var opcode, out var payload))
                {
                    if (opcode == ClientFrame.Close && payload.Length >= 2)
                        _closeCode = BinaryPrimitives.ReadUInt16BigEndian(payload);
                    // Else the ping timeout ends it, before what is tried.
                    if (opcode == ClientFrame.Ping)
                        await SendAsync(Pong);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Reset: an end as good as another.
        }
    }
}
