using CsCheck;

namespace TypedChannels.Tests.Connections;

/// <summary>Random operations on the queue and on a model of it: a list, a list of those who wait, and a sum.</summary>
public class OutboundQueueModelTests
{
    private const int MaxBytes = 1000;

    private enum Kind
    {
        TryEnqueue,
        Enqueue,
        Cancel,
        Dequeue,
        Close,
        Clear,
    }

    private static readonly Gen<(Kind Kind, int Length)[]> Operations = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(Kind.TryEnqueue)), (6, Gen.Const(Kind.Enqueue)), (2, Gen.Const(Kind.Cancel)), (8, Gen.Const(Kind.Dequeue)),
            (1, Gen.OneOf(Gen.Const(Kind.Close), Gen.Const(Kind.Clear)))),
        Gen.OneOf(Gen.Int[0, 300], Gen.Int[0, MaxBytes - ConnectionLimits.MessageOverheadBytes])).Array[1, 60];

    [Fact]
    public void Does_what_a_list_with_a_line_before_it_does() => Operations.Sample(operations => new Model().Run(operations));

    private sealed class Model
    {
        private readonly OutboundQueue queue = new(MaxBytes);
        private readonly List<EncodedMessage> made = [];
        private readonly Queue<EncodedMessage> queued = [];
        private readonly List<(EncodedMessage Message, Task<bool> Outcome, CancellationTokenSource Cancel)> waiting = [];
        private bool isClosed;

        private int Bytes => queued.Sum(Cost);

        public void Run((Kind Kind, int Length)[] operations)
        {
            foreach (var (kind, length) in operations)
            {
                Do(kind, length);
                Assert.Equal(Bytes, queue.Bytes);
                Assert.InRange(queue.Bytes, 0, MaxBytes);
                Assert.All(waiting, waiter => Assert.False(waiter.Outcome.IsCompleted));
            }
            Do(Kind.Clear, 0);
            foreach (var message in made)
            {
                message.Release();
                Assert.Throws<ObjectDisposedException>(() => message.Memory);
            }
        }

        private void Do(Kind kind, int length)
        {
            switch (kind)
            {
                case Kind.TryEnqueue:
                    var outcome = isClosed ? OutboundQueue.Outcome.Closed
                        : waiting.Count > 0 || length + ConnectionLimits.MessageOverheadBytes > MaxBytes - Bytes ? OutboundQueue.Outcome.Full : OutboundQueue.Outcome.Accepted;
                    var message = Make(length);
                    Assert.Equal(outcome, queue.TryEnqueue(message));
                    if (outcome == OutboundQueue.Outcome.Accepted)
                        queued.Enqueue(message);
                    break;
                case Kind.Enqueue:
                    Enqueue(Make(length));
                    break;
                case Kind.Cancel when waiting.Count > 0:
                    var (_, cancelled, source) = waiting[length % waiting.Count];
                    waiting.RemoveAt(length % waiting.Count);
                    source.Cancel();
                    Assert.Throws<TaskCanceledException>(() => cancelled.Soon().GetAwaiter().GetResult());
                    Admit();
                    break;
                case Kind.Dequeue:
                    Dequeue();
                    break;
                case Kind.Close or Kind.Clear:
                    Close(kind);
                    break;
            }
        }

        private void Enqueue(EncodedMessage message)
        {
            var cancel = new CancellationTokenSource();
            var outcome = queue.EnqueueAsync(message, cancel.Token).AsTask();
            if (!isClosed && (waiting.Count > 0 || Cost(message) > MaxBytes - Bytes))
            {
                waiting.Add((message, outcome, cancel));
                return;
            }
            Ends(outcome, !isClosed);
            if (!isClosed)
                queued.Enqueue(message);
        }

        private void Dequeue()
        {
            Assert.Equal(queued.TryDequeue(out var expected), queue.TryDequeue(out var message));
            Assert.Same(expected, message);
            message?.Release();
            if (expected is not null)
                Admit();
        }

        private void Close(Kind kind)
        {
            isClosed = true;
            if (kind == Kind.Close)
                queue.Close();
            else
                Assert.Equal(queued.Count, queue.Clear());
            if (kind == Kind.Clear)
                queued.Clear();
            foreach (var (_, outcome, _) in waiting)
                Ends(outcome, false);
            waiting.Clear();
        }

        /// <summary>Whoever waits goes in as far as there is room, in the order in which they came.</summary>
        private void Admit()
        {
            while (waiting is [var (message, outcome, _), ..] && Cost(message) <= MaxBytes - Bytes)
            {
                waiting.RemoveAt(0);
                queued.Enqueue(message);
                Ends(outcome, true);
            }
        }

        private static int Cost(EncodedMessage message) => message.Length + ConnectionLimits.MessageOverheadBytes;

        private static void Ends(Task<bool> outcome, bool isQueued) => Assert.Equal(isQueued, outcome.Soon().GetAwaiter().GetResult());

        private EncodedMessage Make(int length)
        {
            var message = EncodedMessage.FromBytes(Opcode.Text, new byte[length]);
            made.Add(message);
            return message;
        }
    }
}
