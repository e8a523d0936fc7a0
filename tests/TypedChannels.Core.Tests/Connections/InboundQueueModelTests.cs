using CsCheck;

namespace TypedChannels.Tests.Connections;

/// <summary>Random operations on the queue and on a list.</summary>
public class InboundQueueModelTests
{
    private const int MaxBytes = 500;

    // What a message costs beside its bytes; docs/limits.md tells users of it.
    private const int OverheadBytes = 64;

    private static readonly Gen<(int Kind, byte[] Payload)[]> Operations = Gen.Select(Gen.Int[0, 20], Gen.Byte.Array[0, 200]).Array[1, 60];

    [Fact]
    public void Does_what_a_list_does_and_gives_every_array_back() => Operations.Sample(operations =>
    {
        var pool = new CountingPool();
        var queue = new InboundQueue(MaxBytes, pool);
        var model = new Queue<(Opcode Opcode, byte[] Payload)>();
        foreach (var (kind, payload) in operations)
        {
            var opcode = payload.Length % 2 == 0 ? Opcode.Text : Opcode.Binary;
            switch (kind)
            {
                case 0:
                    Assert.Equal(model.Count, queue.Clear());
                    model.Clear();
                    break;
                case < 11:
                    queue.Enqueue(opcode, payload);
                    model.Enqueue((opcode, payload));
                    break;
                default:
                    Assert.Equal(model.TryDequeue(out var expected), queue.TryDequeue(out var entry));
                    if (expected.Payload is null)
                        break;
                    Assert.Equal(expected.Opcode, entry.Opcode);
                    Assert.Equal(expected.Payload, entry.Payload.ToArray());
                    queue.Return(entry);
                    break;
            }
            var bytes = model.Sum(one => one.Payload.Length + OverheadBytes);
            Assert.Equal((bytes, model.Count, bytes >= MaxBytes), ((int)queue.Bytes, queue.Count, queue.IsFull));
            Assert.Equal(model.Count, pool.Out);
        }
        queue.Clear();
        Assert.Equal(0, pool.Out);
    });
}
