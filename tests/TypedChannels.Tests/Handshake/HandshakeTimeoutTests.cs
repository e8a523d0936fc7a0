using Microsoft.Extensions.Logging;

namespace TypedChannels.Tests.Handshake;

public class HandshakeTimeoutTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData("")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nUpgr")]
    public async Task A_client_that_does_not_finish_its_request_is_dropped(string front)
    {
        await using var room = await Room.StartAsync(options => options.HandshakeTimeout = Soon);
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(front);
        await client.ReadEndAsync();
    }

    [Fact]
    public async Task A_decision_that_takes_too_long_is_cancelled_and_refused_with_503()
    {
        var cancelled = new TaskCompletionSource();
        await using var room = await Room.StartAsync(
            options => options.HandshakeTimeout = Soon,
            server => server.Deciding = handshake =>
            {
                handshake.RequestAborted.Register(cancelled.SetResult);
                return new ValueTask(new TaskCompletionSource().Task);
            });
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(RawClient.Handshake(room.Server.Port));
        Assert.StartsWith("HTTP/1.1 503 ", await client.ReadResponseAsync(), StringComparison.Ordinal);
        await cancelled.Task.Within();
        Assert.Equal(1, room.Metrics["limits_exceeded HandshakeTimeout"]);
        Assert.Equal(1, room.Metrics["handshakes timeout"]);
        Assert.Contains(room.Log.Lines, line => line.Text.Contains("HandshakeTimeout", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_decision_that_fails_after_its_time_is_logged()
    {
        var decision = new TaskCompletionSource();
        await using var room = await Room.StartAsync(
            options => options.HandshakeTimeout = Soon,
            server => server.Deciding = _ => new ValueTask(decision.Task));
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(RawClient.Handshake(room.Server.Port));
        Assert.StartsWith("HTTP/1.1 503 ", await client.ReadResponseAsync(), StringComparison.Ordinal);
        decision.SetException(new FormatException("too late"));
        await Wait.UntilAsync(() => room.Log.Lines.Count(line => line.Level == LogLevel.Error), count => count == 1);
    }

    [Fact]
    public async Task A_callback_that_fails_as_a_decision_is_cancelled_is_logged()
    {
        await using var room = await Room.StartAsync(
            options => options.HandshakeTimeout = Soon,
            server => server.Deciding = handshake =>
            {
                handshake.RequestAborted.Register(() => throw new FormatException("on purpose"));
                return new ValueTask(new TaskCompletionSource().Task);
            });
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(RawClient.Handshake(room.Server.Port));
        Assert.StartsWith("HTTP/1.1 503 ", await client.ReadResponseAsync(), StringComparison.Ordinal);
        await Wait.UntilAsync(
            () => room.Log.Lines, lines => lines.Any(line => line.Text.Contains("on purpose", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_decision_that_goes_on_after_its_time_sees_no_other_requests_headers()
    {
        var first = new TaskCompletionSource<HandshakeContext>();
        await using var room = await Room.StartAsync(
            options => options.HandshakeTimeout = Soon,
            server => server.Deciding = handshake =>
                new ValueTask(first.TrySetResult(handshake) ? new TaskCompletionSource().Task : Task.CompletedTask));
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(RawClient.Handshake(room.Server.Port, headers: "X-User: one\r\n"));
        Assert.StartsWith("HTTP/1.1 503 ", await client.ReadResponseAsync(), StringComparison.Ordinal);
        var late = await first.Task.Within();
        // On the same TCP connection, as a proxy would: Kestrel uses the request's objects again.
        await client.WriteAsync(RawClient.Handshake(room.Server.Port, headers: "X-User: two\r\n"));
        await room.Connected.NextAsync();
        Assert.Equal("one", late.Headers["X-User"]);
    }

    [Fact]
    public async Task A_decision_that_throws_a_timeout_of_its_own_is_no_timeout_of_the_handshake()
    {
        await using var room = await Room.StartAsync(prepare: server => server.Deciding = async _ =>
        {
            await Task.Yield();
            throw new TimeoutException();
        });
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(RawClient.Handshake(room.Server.Port));
        Assert.StartsWith("HTTP/1.1 500 ", await client.ReadResponseAsync(), StringComparison.Ordinal);
        Assert.Equal(0, room.Metrics["limits_exceeded HandshakeTimeout"]);
    }
}
