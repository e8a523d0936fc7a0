using CsCheck;
using TypedChannels.Tests.Connections;

namespace TypedChannels.Tests.Wire;

[Trait("RFC", "6455 §5.4")]
public class MessageAssemblerModelTests
{
    private static readonly FrameReaderLimits Limits = new(MaxMessageBytes: 200, MaxFragments: 4);

    private static readonly Gen<(byte[] Payload, bool IsFinal)[]> Frames = Gen.Select(Gen.Byte.Array[0, 80], Gen.Bool).Array[0, 30];

    private static readonly Gen<((byte[] Payload, bool IsFinal)[], int[])> Conversations = Gen.Select(Frames, Gen.Int[1, 50].Array[1, 10]);

    [Fact]
    public void Any_frames_in_any_pieces_give_the_messages_of_a_list() => Conversations.Sample((frames, sizes) =>
    {
        var pool = new CountingPool();
        using (var assembler = new MessageAssembler(Limits, pool))
        {
            var message = new List<byte>();
            var fragments = 0;
            var cut = 0;
            foreach (var (payload, isFinal) in frames)
            {
                Assert.Equal(fragments > 0, assembler.IsOpen);
                Assert.Equal(fragments >= Limits.MaxFragments, assembler.IsFull);
                Assert.Equal(message.Count + payload.Length > Limits.MaxMessageBytes, assembler.Exceeds((ulong)payload.Length));
                if (assembler.IsFull || assembler.Exceeds((ulong)payload.Length))
                    break;
                assembler.Announce(fragments++ == 0 ? Opcode.Binary : Opcode.Continuation, isFinal, payload.Length);
                for (var start = 0; start < payload.Length;)
                {
                    var end = Math.Min(payload.Length, start + sizes[cut++ % sizes.Length]);
                    assembler.Append(payload.AsSpan(start..end));
                    start = end;
                }
                message.AddRange(payload);
                if (!isFinal)
                    continue;
                Assert.Equal([.. message], assembler.Complete().ToArray());
                assembler.ReleaseDelivered();
                Assert.Equal(0, pool.Out);
                message.Clear();
                fragments = 0;
            }
        }
        Assert.Equal(0, pool.Out);
    });
}
