using System.Text;
using CsCheck;

namespace TypedChannels.Tests.Connections;

/// <summary>
/// Several threads send while one receives and one closes: whatever the order of events, nothing is lost, reordered or held for ever.
/// </summary>
public class ConnectionStressTests
{
    private static readonly Gen<Plan> Plans = Gen.Select(
        Gen.Int[1, 3], Gen.Int[1, 60], Gen.Int[0, 80], Gen.Int[0, 120], Gen.Bool, Gen.Bool, Gen.OneOf([400, 4_000, 1_000_000]),
        (senders, sends, receives, closeAfter, here, wait, queueBytes) =>
            new Plan(senders, sends, receives, closeAfter, here, wait ? SlowConsumer.Wait : SlowConsumer.Disconnect, queueBytes));

    [Fact]
    public async Task Nothing_is_lost_or_reordered_before_the_close_and_all_is_released() =>
        await Plans.SampleAsync(plan => new Run(plan).RunAsync(), iter: 1_000, threads: 2);

    private sealed record Plan(int Senders, int Sends, int Receives, int CloseAfter, bool ClosesHere, SlowConsumer Policy, int QueueBytes);

    private sealed class Run(Plan plan)
    {
        private readonly Rig rig = new(new ConnectionLimits { SlowConsumer = plan.Policy, SendQueueBytes = plan.QueueBytes, ReceiveQueueBytes = 300 });
        private readonly List<string> handled = [];
        private readonly List<string> written = [];
        private readonly List<EncodedMessage>[] posted = [.. Enumerable.Range(0, plan.Senders).Select(_ => new List<EncodedMessage>())];
        private readonly int[] accepted = new int[plan.Senders];
        private readonly TaskCompletionSource closeNow = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int progress;
        private int isHandling;
        private int writing;

        public async Task RunAsync()
        {
            rig.Transport.Woken = Write;
            rig.Handlers = [HandleAsync];
            rig.Open();
            var senders = Enumerable.Range(0, plan.Senders).Select(i => Task.Run(() => SendAsync(i))).ToArray();
            var reader = Task.Run(ReceiveAsync);
            var closer = Task.Run(CloseAsync);
            await Task.WhenAll([.. senders, reader, closer]).Soon();
            // As the transports do: whoever still writes, a batch of the receive loop it may be, is waited for before the end is told.
            await NobodyWritesAsync().Soon();
            rig.Connection.TransportClosed(new Disconnect(1000, "", true));
            await rig.Connection.Finished.Soon();
            Check();
        }

        /// <summary>Odd messages through the queue's waiters, where the policy waits; even ones posted, to count their holders.</summary>
        private async Task SendAsync(int sender)
        {
            for (var i = 0; i < plan.Sends; i++, Step())
            {
                if (i % 2 == 0 && plan.Policy == SlowConsumer.Disconnect)
                {
                    var message = EncodedMessage.Encode(Note.Channel, new Note($"{sender}:{i}"));
                    message.Retain();
                    posted[sender].Add(message);
                    if (rig.Connection.Sending.Post(message) is not null)
                        return;
                }
                else
                {
                    try
                    {
                        await rig.SendAsync($"{sender}:{i}");
                    }
                    catch (ConnectionException)
                    {
                        return;
                    }
                }
                accepted[sender] = i + 1;
            }
        }

        private async Task ReceiveAsync()
        {
            for (var i = 0; i < plan.Receives; i++, Step())
            {
                // As the transports do: the batch ends before this thread waits.
                var batch = SendBatch.Begin();
                var hasRoom = rig.Connection.Receive(Opcode.Text, Note.Bytes(i));
                batch?.End();
                if (!hasRoom)
                    await rig.Connection.WaitForRoomAsync();
            }
        }

        private async Task CloseAsync()
        {
            if (plan.CloseAfter > 0)
                await closeNow.Task;
            if (plan.ClosesHere)
                rig.Connection.BeginClose(CloseCode.Normal, "");
            else
                rig.Connection.Leave();
            // As the transports do before the close frame.
            Write();
        }

        private async ValueTask HandleAsync(Note note)
        {
            Assert.Equal(0, Interlocked.Exchange(ref isHandling, 1));
            handled.Add(note.Text);
            if (note.Text.EndsWith('3'))
                await Task.Yield();
            try
            {
                if (note.Text.EndsWith('5'))
                    await rig.SendAsync("reply " + note.Text);
            }
            catch (ConnectionException)
            {
                // Closed meanwhile, or full.
            }
            Volatile.Write(ref isHandling, 0);
        }

        /// <summary>One writer at a time, which whoever comes sends round once more.</summary>
        private void Write()
        {
            if (Interlocked.Increment(ref writing) != 1)
                return;
            for (var seen = 1; seen != 0; seen = Interlocked.Add(ref writing, -seen))
            {
                seen = Volatile.Read(ref writing);
                while (rig.Connection.Outbound.TryDequeue(out var message))
                {
                    written.Add(Encoding.UTF8.GetString(message.Span));
                    message.Release();
                }
            }
        }

        private async Task NobodyWritesAsync()
        {
            while (Volatile.Read(ref writing) != 0)
                await Task.Yield();
        }

        private void Step()
        {
            if (Interlocked.Increment(ref progress) >= Math.Min(plan.CloseAfter, plan.Receives))
                closeNow.TrySetResult();
        }

        private void Check()
        {
            for (var sender = 0; sender < plan.Senders; sender++)
            {
                var start = Note.Envelope($"{sender}:")[..^3];
                Assert.Equal(
                    Enumerable.Range(0, accepted[sender]).Select(i => Note.Envelope($"{sender}:{i}")),
                    written.Where(text => text.StartsWith(start, StringComparison.Ordinal)));
                foreach (var message in posted[sender])
                {
                    message.Release();
                    Assert.Throws<ObjectDisposedException>(() => message.Memory);
                }
            }
            Assert.Equal(Enumerable.Range(0, handled.Count).Select(i => $"{i}"), handled);
            // Only this side's close drops what was received. (A queue that is full closes too.)
            if (!plan.ClosesHere && rig.Transport.CloseBegun.IsCompleted == false)
                Assert.Equal(plan.Receives, handled.Count);
            Assert.Equal(0, rig.Connection.Outbound.Bytes);
            Assert.All(rig.Errors, error => Assert.Equal(ConnectionErrors.HandlerFailed, error.Code));
            Assert.Empty(rig.Errors);
        }
    }
}
