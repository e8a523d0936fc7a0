using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using Microsoft.Extensions.Time.Testing;
using TypedChannels.Fuzz.Engine;

namespace TypedChannels.Fuzz.Targets;

/// <summary>One connection from its first byte to its end, with a client that reads or does not, and goes in one way or another.</summary>
internal sealed class Scene(ConnectionLimits limits, Dice dice) : IByteConnection
{
    // Longer than any deadline of the limits below, all of them after one another.
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    // A thread of the pool may have something to do yet; no longer than that.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseForOthers = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly TightPool _pool = new();
    private readonly Pipe _toServer = new(Inline(0));
    private readonly Pipe _toClient = new(Inline(dice.OneIn(4) ? 1 : 64 * 1024));
    private readonly ArrayBufferWriter<byte> _sent = new();
    private readonly bool _reads = !dice.OneIn(5);
    private SceneOwner? _owner;

    /// <summary>Whether permessage-deflate was agreed.</summary>
    public bool IsDeflating { get; } = dice.OneIn(2);

    public PipeReader Input => _toServer.Reader;

    public PipeWriter Output => _toClient.Writer;

    public int AbortCount { get; private set; }

    /// <summary>Whether the client has told that it reads no more: what the server wrote after that is not seen.</summary>
    public bool HasStoppedReading { get; private set; }

    public CancellationToken Lost { get; private set; }

    /// <summary>What the server wrote.</summary>
    public byte[] Sent => _sent.WrittenSpan.ToArray();

    public Disconnect? Ended => _owner!.Ended;

    public int InternalFailures => _owner!.InternalFailures;

    public IEnumerable<ConnectionErrors> Errors => _owner!.Errors;

    /// <summary>The defaults, or limits that a few frames reach.</summary>
    public static ConnectionLimits Choose(Dice dice) => dice.OneIn(3)
        ? new ConnectionLimits()
        : new ConnectionLimits
        {
            MaxMessageBytes = 300,
            MaxFragments = 8,
            AcceptBinary = dice.OneIn(2),
            SendQueueBytes = dice.Of([200, 2_000]),
            ReceiveQueueBytes = dice.Of([1, 300, 5_000]),
            SlowConsumer = dice.Of([SlowConsumer.Disconnect, SlowConsumer.Wait]),
            MaxControlFramesPerSecond = 5,
            MaxMessagesPerSecond = dice.Of<int?>([null, 5]),
            MaxBytesPerSecond = dice.Of<int?>([null, 1_000]),
            MessageErrorLimit = 5,
            MessageTimeout = TimeSpan.FromSeconds(3),
        };

    public void Abort() => AbortCount++;

    public void Play(byte[] input)
    {
        _owner = new SceneOwner(limits, _time, _pool);
        var connection = _owner.Connection;
        using var lost = new CancellationTokenSource();
        Lost = lost.Token;
        var transport = new PipeTransport(connection, this, limits, IsDeflating ? 15 : null);
        connection.Attach(transport);
        var running = transport.RunAsync();
        foreach (var piece in dice.OneIn(3) ? Chop.Whole(input) : Chop.Randomly(input, dice, dice.Of([1, 16, 600])))
        {
            Push(piece);
            Live(dice.Of([0, 0, 0, 0, 1, 4, 20]));
        }
        Leave(lost);
        var end = Task.WhenAll(running, connection.Finished);
        End(end);
        end.GetAwaiter().GetResult();
        Read();
        Invariant.Holds(SpinWait.SpinUntil(() => _pool.Out == 0, LongestWait), "Arrays are not given back.");
        Invariant.Same(0, connection.Outbound.Bytes, "Bytes that wait to be sent");
        Invariant.Same(0, connection.Inbound.Count, "Messages that wait to be handled");
        Invariant.Holds(!connection.IsAlive, "It is over and alive.");
    }

    /// <summary>Lets time pass. Threads of the pool have something to do too, and take real time for it.</summary>
    private void End(Task end)
    {
        var clock = Stopwatch.StartNew();
        for (var lived = TimeSpan.Zero; !end.IsCompleted; lived += Step)
        {
            Invariant.Holds(lived < LongestLife || clock.Elapsed < LongestWait, "The connection does not end.");
            if (lived >= LongestLife)
                ((IAsyncResult)end).AsyncWaitHandle.WaitOne(PauseForOthers);
            Live(1);
        }
    }

    private void Push(byte[] piece)
    {
        var pushed = _toServer.Writer.WriteAsync(piece);
        Invariant.Holds(pushed.IsCompleted, "A pipe without a bound is full.");
    }

    private void Live(int steps)
    {
        for (; steps > 0; steps--)
        {
            _time.Advance(Step);
            _owner!.Connection.Tick(_time.Elapsed);
            _owner.OpenGate();
        }
        if (_reads)
            Read();
    }

    /// <summary>A FIN, a reset, a client that reads no more, or nothing at all.</summary>
    private void Leave(CancellationTokenSource lost)
    {
        switch (dice.Below(4))
        {
            case 0:
                _toServer.Writer.Complete();
                break;
            case 1:
                _toServer.Writer.Complete(new IOException("Reset."));
                break;
            case 2:
                Read();
                HasStoppedReading = true;
                _toClient.Reader.Complete();
                break;
            default:
                return;
        }
        // What carries the bytes may know by itself, whether anybody reads or not.
        if (dice.OneIn(2))
            lost.Cancel();
    }

    private void Read()
    {
        while (!HasStoppedReading && _toClient.Reader.TryRead(out var read))
        {
            foreach (var part in read.Buffer)
                _sent.Write(part.Span);
            _toClient.Reader.AdvanceTo(read.Buffer.End);
            if (read.Buffer.IsEmpty)
                return;
        }
    }

    private static PipeOptions Inline(long threshold) => new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: threshold, resumeWriterThreshold: threshold == 0 ? 0 : 1, useSynchronizationContext: false);
}
