using System.IO.Pipelines;
using TypedChannels.Tests.Connections;
using TypedChannels.Tests.Wire;

namespace TypedChannels.Tests.Transports;

/// <summary>What a peer may do for how long, and what becomes of it then. The server reads inside the peer's sends.</summary>
public sealed class PipeTransportBoundTests
{
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(250);

    // More than the fake clock, which counts from the year 1, loses to rounding.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    // Pings would end what these tests let wait.
    private static readonly ConnectionLimits Limits = new() { PingInterval = TimeSpan.FromDays(1) };

    private readonly Peer peer = new(reading: PipeScheduler.Inline);

    [Fact]
    public async Task After_a_violation_the_connection_ends_once_the_peer_is_silent()
    {
        var (rig, running) = Run();
        await peer.SendAsync(ClientFrame.Text("") with { IsMasked = false });
        Assert.Equal(1002, await peer.ReadCloseAsync());
        rig.Advance(TimeSpan.Zero);
        rig.Advance(Linger - Moment);
        Assert.False(running.IsCompleted);
        rig.Advance(2 * Moment);
        await running.Soon();
        Assert.Equal(0, peer.AbortCount);
        Assert.Equal((1002, false), (rig.Disconnect!.Code, rig.Disconnect.WasClean));
    }

    [Fact]
    public async Task After_a_violation_what_still_comes_is_read_until_the_close_timeout_and_never_handled()
    {
        var (rig, running) = Run();
        var handled = rig.Record();
        await peer.SendAsync(ClientFrame.Text("") with { IsMasked = false });
        for (var passed = TimeSpan.Zero; passed < rig.Limits.CloseTimeout; passed += Linger / 2)
        {
            Assert.False(running.IsCompleted);
            await peer.SendNotesAsync("more");
            rig.Advance(Linger / 2);
        }
        await running.Soon();
        Assert.Equal(1, peer.AbortCount);
        Assert.Equal(1, rig.Metrics["limits_exceeded CloseTimeout"]);
        Assert.Empty(handled);
    }

    [Fact]
    public async Task What_comes_behind_the_peers_close_is_read_before_the_connection_ends()
    {
        // What waits is written inside the peer's reads.
        var blocked = new PipeOptions(writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 1, resumeWriterThreshold: 1);
        var transport = new Peer(blocked, PipeScheduler.Inline);
        var (rig, running) = Run(peer: transport);
        await rig.SendAsync("blocks");
        await transport.SendAsync(ClientFrame.Close(1000));
        await transport.SendAsync(ClientFrame.Ping("behind"));
        Assert.Equal(Note.Envelope("blocks"), await transport.ReadTextAsync());
        Assert.Equal(1000, await transport.ReadCloseAsync());
        rig.Advance(TimeSpan.Zero);
        Assert.False(running.IsCompleted);
        rig.Advance(Linger + Moment);
        await running.Soon();
        Assert.Equal(new Disconnect(1000, "", true), rig.Disconnect);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(30)]
    public async Task A_message_that_is_begun_and_not_finished_in_time_closes_with_1008(int byteCount)
    {
        var (rig, running) = Run();
        var front = ClientFrame.Text(Note.Bytes("unfinished")).Encode()[..byteCount];
        await peer.SendBytesAsync(front[..1]);
        rig.Advance(rig.Limits.MessageTimeout / 2);
        await peer.SendBytesAsync(front[1..]);
        rig.Advance(rig.Limits.MessageTimeout / 2 - Moment);
        Assert.True(rig.Connection.IsAlive);
        rig.Advance(2 * Moment);
        Assert.Equal(1008, await peer.ReadCloseAsync());
        Assert.Equal(1, rig.Metrics["limits_exceeded MessageTimeout"]);
        rig.Advance(rig.Limits.CloseTimeout);
        await running.Soon();
        Assert.Equal(1008, rig.Disconnect!.Code);
        Assert.Equal(0, rig.Buffers.Out);
    }

    [Fact]
    public async Task Pings_between_its_fragments_do_not_give_a_message_more_time()
    {
        var (rig, _) = Run();
        await peer.SendAsync(ClientFrame.Text("a").Unfinished());
        for (var i = 0; i < 30; i++)
        {
            rig.Advance(rig.Limits.MessageTimeout / 30);
            await peer.SendAsync(ClientFrame.Ping(""), ClientFrame.Pong(""));
        }
        Assert.False(rig.Connection.IsAlive);
    }

    [Fact]
    public async Task A_peer_that_finishes_each_message_in_time_lives_though_another_has_always_begun()
    {
        var (rig, _) = Run();
        var handled = rig.Record();
        var frame = ClientFrame.Text(Note.Bytes("x")).Encode();
        await peer.SendBytesAsync(frame[..5]);
        for (var i = 0; i < 10; i++)
        {
            rig.Advance(rig.Limits.MessageTimeout * 0.9);
            await peer.SendBytesAsync([.. frame[5..], .. frame[..5]]);
        }
        Assert.Equal(10, handled.Count);
        Assert.Equal(0, rig.Metrics["limits_exceeded MessageTimeout"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pings_and_pongs_over_their_limit_a_second_close_with_1008(bool pings)
    {
        var (rig, _) = Run(Limits with { MaxControlFramesPerSecond = 5 });
        var handled = rig.Record();
        var frame = pings ? ClientFrame.Ping("p") : ClientFrame.Pong("p");
        for (var i = 0; i < 5; i++)
            await peer.SendAsync(frame);
        rig.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5; i++)
            await peer.SendAsync(frame);
        Assert.True(rig.Connection.IsAlive);
        await peer.SendAsync(frame, ClientFrame.Text(Note.Bytes("behind")));
        for (var i = 0; pings && i < 10; i++)
            Assert.Equal(10, (await peer.ReadAsync())!.Opcode);
        Assert.Equal(1008, await peer.ReadCloseAsync());
        Assert.Equal(1, rig.Metrics["limits_exceeded MaxControlFramesPerSecond"]);
        Assert.Empty(handled);
    }

    [Fact]
    public async Task Messages_over_their_limit_a_second_are_refused_told_and_close_with_1008()
    {
        var (rig, _) = Run(Limits with { MaxMessagesPerSecond = 3 });
        var handled = rig.Record();
        await peer.SendNotesAsync("0", "1", "2", "3", "4");
        Assert.Equal(["0", "1", "2"], handled);
        Assert.Equal(1008, await peer.ReadCloseAsync());
        Assert.Equal(ConnectionErrors.RateLimited, Assert.Single(rig.Errors).Code);
        Assert.Equal(1, rig.Metrics["limits_exceeded MaxMessagesPerSecond"]);
        Assert.Equal(1, rig.Metrics["message.errors RateLimited"]);
    }

    [Fact]
    public async Task Bytes_of_messages_over_their_limit_a_second_close_with_1008()
    {
        var one = Note.Bytes("0").Length;
        var (rig, _) = Run(Limits with { MaxMessageBytes = 3 * one, MaxBytesPerSecond = 3 * one });
        var handled = rig.Record();
        await peer.SendNotesAsync("0", "1", "2");
        rig.Advance(TimeSpan.FromSeconds(1));
        await peer.SendNotesAsync("3", "4", "5", "6");
        Assert.Equal(["0", "1", "2", "3", "4", "5"], handled);
        Assert.Equal(1008, await peer.ReadCloseAsync());
        Assert.Equal(1, rig.Metrics["limits_exceeded MaxBytesPerSecond"]);
    }

    [Fact]
    public async Task Each_limit_of_the_codec_is_counted_by_the_option_that_sets_it()
    {
        var (rig, _) = Run(Limits with { MaxMessageBytes = 10 });
        await peer.SendAsync(ClientFrame.Text(new byte[11]));
        Assert.Equal(1009, await peer.ReadCloseAsync());
        Assert.Equal(1, rig.Metrics["limits_exceeded MaxMessageBytes"]);
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_any_more_is_aborted_though_nobody_reads_and_a_handler_waits_for_room()
    {
        var one = Note.Bytes("x").Length;
        // The sender learns of the end inside the peer's own call.
        var blocked = new PipeOptions(writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 1, resumeWriterThreshold: 1);
        var transport = new Peer(blocked, PipeScheduler.Inline);
        var interval = TimeSpan.FromSeconds(15);
        var limits = Limits with { SlowConsumer = SlowConsumer.Wait, SendQueueBytes = one, ReceiveQueueBytes = 1, PingInterval = interval };
        var (rig, running) = Run(limits, transport);
        rig.Handlers = [async note => { await rig.SendAsync(note.Text); await rig.SendAsync(note.Text); }];
        await transport.SendNotesAsync("x", "x", "x");
        transport.StopReading();
        rig.Advance(limits.PingInterval);
        rig.Advance(limits.PingTimeout + Moment);
        await running.Soon();
        Assert.Equal(1, transport.AbortCount);
        await rig.Connection.Finished.Soon();
        Assert.Equal(0, rig.Buffers.Out);
    }

    private (Rig Rig, Task Running) Run(ConnectionLimits? limits = null, Peer? peer = null)
    {
        var rig = new Rig(limits ?? Limits);
        var pipe = peer ?? this.peer;
        var transport = new PipeTransport(rig.Connection, pipe, rig.Limits);
        rig.Connection.Attach(transport);
        return (rig, transport.RunAsync());
    }
}
