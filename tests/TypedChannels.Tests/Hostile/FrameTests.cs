using System.Text;
using TypedChannels.Tests.Connections;
using TypedChannels.Tests.Wire;

namespace TypedChannels.Tests.Hostile;

/// <summary>Frames that break RFC 6455: what a peer that neither answers nor goes is closed with.</summary>
public class FrameTests : IClassFixture<UnobservedExceptions>
{
    // A binary message is refused at its first byte, whatever is wrong with it.
    private static readonly byte[] Codes = [0, 1, 8, 9, 10];

    private static async Task ClosesAsync(int code, params IEnumerable<byte[]> inputs)
    {
        await using var room = await HostileRoom.StartAsync();
        await room.ClosesAsync(inputs, code);
        Assert.Equal(0, room.Room.Metrics["message.errors InvalidJson"]);
        Assert.Empty(room.Room.Log.Lines);
    }

    private static ClientFrame Of(int opcode, int byteCount = 0) => new((byte)opcode, new byte[byteCount]);

    /// <summary>Where a continuation is no fault itself.</summary>
    private static IEnumerable<byte[]> Inside(IEnumerable<ClientFrame> frames) =>
        frames.Select(frame => frame.Opcode == 0 ? ClientFrame.Join(ClientFrame.Text("").Unfinished(), frame) : frame.Encode());

    [Fact]
    public Task F01_An_unmasked_frame_gets_1002() => ClosesAsync(1002, Inside(
        from opcode in Codes
        from byteCount in new[] { 0, 2 }
        select Of(opcode, byteCount) with { IsMasked = false }));

    [Fact]
    public Task F01_Two_bytes_of_an_unmasked_frame_are_enough() =>
        ClosesAsync(1002, Codes[1..].Select(opcode => (Of(opcode, 100) with { IsMasked = false }).Encode()[..2]));

    [Fact]
    public async Task F01_An_unmasked_frame_with_the_end_behind_it_is_told_as_1002_and_who_has_ended_is_not_answered()
    {
        await using var room = await HostileRoom.StartAsync();
        await using var attacker = await room.JoinAsync();
        await attacker.WriteAsync((ClientFrame.Text("x") with { IsMasked = false }).Encode());
        // Kestrel takes who ends its side for gone, and drops what was still to be sent.
        attacker.EndSending();
        await room.HasEndedAsync(1002);
        await attacker.ReadEndAsync();
    }

    [Fact]
    public Task F02_Reserved_bits_get_1002() => ClosesAsync(1002, Inside(
        from opcode in Codes.Append((byte)2)
        from bits in Enumerable.Range(1, 7)
        select Of(opcode) with { ReservedBits = bits }));

    [Fact]
    public Task F03_A_reserved_opcode_gets_1002() =>
        ClosesAsync(1002, new[] { 3, 4, 5, 6, 7, 11, 12, 13, 14, 15 }.Select(code => Of(code).Encode()));

    [Fact]
    public Task F04_A_control_frame_that_is_long_or_in_pieces_gets_1002() => ClosesAsync(1002,
        from opcode in Codes[2..]
        from frame in new[] { Of(opcode, 126), Of(opcode, 65_536), Of(opcode, 2).Unfinished(), Of(opcode).Unfinished() }
        select frame.Encode());

    [Fact]
    public Task F05_A_length_in_more_bytes_than_it_needs_gets_1002() => ClosesAsync(1002,
        from form in new[] { (2, 0), (2, 5), (2, 125), (8, 5), (8, 126), (8, 65_535) }
        select (Of(1, form.Item2) with { LengthByteCount = form.Item1 }).Encode());

    [Fact]
    public Task F06_A_length_with_its_top_bit_set_gets_1002() => ClosesAsync(1002,
        from length in new[] { 1UL << 63, ulong.MaxValue, (1UL << 63) | 5 }
        select (Of(1) with { ClaimedLength = length }).Encode());

    [Fact]
    public Task F19_A_continuation_of_nothing_and_a_message_inside_a_message_get_1002() => ClosesAsync(1002,
    [
        Of(0).Encode(),
        Of(0, 1).Unfinished().Encode(),
        ClientFrame.Join(ClientFrame.Text("a").Unfinished(), ClientFrame.Text("b")),
        ClientFrame.Join(ClientFrame.Text("a").Unfinished(), ClientFrame.Text("b").Unfinished()),
        ClientFrame.Join(ClientFrame.Text("a").Unfinished(), ClientFrame.Binary([1])),
    ]);

    [Fact]
    public Task F20_Text_that_is_not_UTF_8_gets_1007_whole() => ClosesAsync(1007,
        from text in Utf8Cases.All
        where !text.IsValid
        select ClientFrame.Text(Convert.FromHexString(text.Payload)).Encode());

    [Fact]
    public Task F20_Text_that_is_not_UTF_8_gets_1007_at_its_first_bad_byte_though_the_frame_goes_on() => ClosesAsync(1007,
        from text in Utf8Cases.All
        let bytes = Convert.FromHexString(text.Payload)
        where !text.IsValid && Utf8Cases.FirstBadByte(bytes) is not null
        select (ClientFrame.Text(bytes[..Utf8Cases.FirstBadByte(bytes)!.Value]) with { ClaimedLength = 60_000 }).Encode());

    [Fact]
    public Task F21_A_binary_message_gets_1003() =>
        ClosesAsync(1003, Of(2).Encode(), Of(2, 1).Encode(), Of(2, 100).Unfinished().Encode()[..1]);

    [Fact]
    public Task F22_A_close_frame_that_must_not_be_sent_gets_1002() => ClosesAsync(1002,
    [
        ClientFrame.Close([3]).Encode(),
        .. from code in new[] { 0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535 }
           select ClientFrame.Close(code).Encode(),
    ]);

    [Fact]
    public Task F22_A_close_reason_that_is_not_UTF_8_gets_1007() =>
        ClosesAsync(1007, ClientFrame.Close([3, 0xE8, 0xFF]).Encode(), ClientFrame.Close([3, 0xE8, 0xC3]).Encode());

    [Fact]
    public async Task F27_Keys_that_hide_nothing_or_look_like_a_request_are_keys()
    {
        await using var room = await HostileRoom.StartAsync();
        await using var client = await room.JoinAsync();
        var text = Encoding.UTF8.GetBytes(HostileRoom.Say("masked"));
        byte[] asRequest = [.. "GET "u8.ToArray().Zip(text, (wanted, plain) => (byte)(wanted ^ plain))];
        foreach (var key in new byte[][] { [0, 0, 0, 0], [.. "GET "u8], asRequest, [0xFF, 0xFF, 0xFF, 0xFF] })
        {
            await client.WriteAsync((ClientFrame.Text(text) with { Key = key }).Encode());
            Assert.Equal(HostileRoom.Say("masked"), await client.ReadTextAsync());
        }
    }

    [Fact]
    public async Task F30_No_byte_of_a_pooled_array_that_was_not_written_reaches_the_wire()
    {
        byte[][] inputs =
        [
            Of(3).Encode(), Of(2).Encode(), ClientFrame.Text([0xC0]).Encode(), (Of(1) with { ClaimedLength = 1 << 20 }).Encode(),
            [.. RawClient.Frame("bad"), .. RawClient.Frame(HostileRoom.Say(new string('x', 100)))],
            RawClient.Frame(HostileRoom.Say(new string('x', 5000))),
            ClientFrame.Join(ClientFrame.Text(new string('x', 5000)).Unfinished(), ClientFrame.Ping("p"), ClientFrame.Close([3])),
            ClientFrame.Join(Enumerable.Repeat(Of(0).Unfinished(), 1024).Prepend(ClientFrame.Text("").Unfinished())),
            ClientFrame.Close(4000, "reason").Encode(),
        ];
        await using var room = await HostileRoom.StartAsync();
        foreach (var input in inputs)
        {
            await using var attacker = await room.JoinAsync();
            await attacker.WriteAsync([.. input, .. ClientFrame.Close(1000).Encode()]);
            for (var opcode = 0; opcode != RawClient.Close;)
            {
                (opcode, var payload) = await attacker.ReadFrameAsync();
                Assert.DoesNotContain(CountingPool.Marker, payload);
            }
            room.Advance(6);
            Assert.Empty(await attacker.ReadAllAsync());
        }
    }
}
