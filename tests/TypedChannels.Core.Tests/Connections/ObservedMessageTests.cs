using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TypedChannels.Tests.Connections;

/// <summary>What measuring a message costs, and what it leaves as it was.</summary>
public class ObservedMessageTests
{
    private static readonly byte[] Bytes = Note.Bytes("same");

    [Fact]
    public void Nothing_is_allocated_for_a_message_while_nobody_listens()
    {
        var rig = Handling();
        rig.Metrics.Dispose();
        Assert.Equal(0, AllocatedBy(() => rig.Connection.Receive(Opcode.Text, Bytes)));
    }

    [Fact]
    public void Nothing_is_allocated_for_a_message_while_only_its_figures_are_listened_to()
    {
        var rig = Handling();
        rig.Metrics.Dispose();
        var heard = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, rig))
                meters.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => heard++);
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => heard++);
        listener.Start();
        Assert.Equal(0, AllocatedBy(() => rig.Connection.Receive(Opcode.Text, Bytes)));
        var message = EncodedMessage.Encode(Note.Channel, new Note("sent"));
        Assert.Equal(0, AllocatedBy(() => rig.Services.Metrics!.Sent(message.Channel, message.Length)));
        message.Release();
        // Received: message, bytes, duration; sent: message, bytes.
        Assert.Equal((50 * 3) + (50 * 2), heard);
    }

    [Fact]
    public void Without_a_listener_handlers_run_in_the_activity_that_they_ran_in()
    {
        var rig = new Rig().Open();
        Activity? seen = null;
        rig.Handlers = [_ => { seen = Activity.Current; return default; }];
        using var request = new Activity("request").Start();
        rig.Receive("one");
        Assert.Same(request, seen);
        Assert.Same(request, Activity.Current);
    }

    [Theory]
    [InlineData(ActivitySamplingResult.None)]
    [InlineData(ActivitySamplingResult.PropagationData)]
    [InlineData(ActivitySamplingResult.AllDataAndRecorded)]
    public void Who_handed_the_message_on_has_its_own_activity_again(ActivitySamplingResult sampled)
    {
        var rig = new Rig();
        using var listener = Listen(rig, sampled);
        using var request = new Activity("request").Start();
        rig.Open();
        var go = new TaskCompletionSource();
        Activity? before = null, after = null;
        rig.Handlers =
        [
            async _ =>
            {
                before = Activity.Current;
                await go.Task;
                after = Activity.Current;
            },
        ];
        rig.Receive("waits");
        Assert.Same(request, Activity.Current);
        go.SetResult();
        // Has gone on inline.
        Assert.False(rig.Connection.IsHandling);
        Assert.Same(before, after);
        Assert.Equal(sampled == ActivitySamplingResult.None, ReferenceEquals(before, request));
        rig.Handlers = [_ => throw new InvalidOperationException("fails at once")];
        rig.Receive("fails");
        Assert.Same(request, Activity.Current);
        rig.Connection.Receive(Opcode.Text, Rig.Unknown);
        Assert.Same(request, Activity.Current);
    }

    [Fact]
    public void The_log_of_a_failure_belongs_to_the_messages_activity()
    {
        var rig = new Rig();
        using var listener = Listen(rig, ActivitySamplingResult.AllDataAndRecorded);
        rig.Open();
        var go = new TaskCompletionSource();
        Activity? handled = null, logged = null;
        rig.Logged = _ => logged = Activity.Current;
        rig.Handlers =
        [
            async _ =>
            {
                handled = Activity.Current;
                await go.Task;
                throw new InvalidOperationException("fails later");
            },
        ];
        rig.Receive("fails");
        go.SetResult();
        // Has gone on inline.
        Assert.False(rig.Connection.IsHandling);
        Assert.NotNull(handled);
        Assert.Same(handled, logged);
        Assert.Equal(ActivityStatusCode.Error, handled.Status);
        Assert.Equal("HandlerFailed", handled.GetTagItem("error.type"));
    }

    [Fact]
    public void A_handler_that_stops_because_its_connection_is_gone_has_not_failed()
    {
        var rig = new Rig();
        Activity? ended = null;
        using var listener = Listen(rig, ActivitySamplingResult.AllDataAndRecorded, activity => ended = activity);
        rig.Open();
        rig.Handlers =
        [
            _ =>
            {
                rig.Connection.Leave();
                throw new OperationCanceledException();
            },
        ];
        rig.Receive("stops");
        Assert.Equal(ActivityStatusCode.Unset, ended!.Status);
        Assert.Single(rig.Metrics.Durations("handler.duration note"));
        Assert.DoesNotContain(rig.Metrics.Labels, label => label.Label == "error.type");
    }

    [Fact]
    public void A_channel_that_is_not_of_the_contract_is_counted_as_other()
    {
        var rig = new Rig { Channel = new("note", ChannelDirection.Both, 0, new SameNote()) { Label = MetricLabels.OtherChannel } };
        rig.Open().Record();
        rig.Receive("one");
        Assert.Equal(1, rig.Metrics["messages _OTHER receive"]);
        Assert.Single(rig.Metrics.Durations("handler.duration _OTHER"));
    }

    private static Rig Handling()
    {
        var rig = new Rig { Channel = new("note", ChannelDirection.Both, 0, new SameNote()) };
        rig.Handlers = [_ => default];
        return rig.Open();
    }

    private static long AllocatedBy(Action act)
    {
        long allocated = 0;
        for (var i = 0; i < 50; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            act();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        return allocated;
    }

    private static ActivityListener Listen(Rig rig, ActivitySamplingResult sampled, Action<Activity>? stopped = null)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, rig.Activities),
            Sample = (ref _) => sampled,
            ActivityStopped = stopped,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>Reads every message as the same record, so that reading allocates nothing.</summary>
    private sealed class SameNote : MessageCodec<Note>
    {
        private static readonly Note Same = new("same");

        public override void Write(IBufferWriter<byte> output, Note message) => output.Write("{}"u8);

        public override Note Read(ReadOnlySpan<byte> input) => Same;
    }
}
