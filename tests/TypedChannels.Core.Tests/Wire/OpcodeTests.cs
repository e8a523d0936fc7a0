namespace TypedChannels.Tests.Wire;

[Trait("RFC", "6455 §5.2")]
public class OpcodeTests
{
    [Fact]
    public void Tells_control_and_reserved_opcodes()
    {
        var opcodes = Enumerable.Range(0, 16).Select(i => (Opcode)i).ToArray();
        Assert.Equal([8, 9, 10, 11, 12, 13, 14, 15], opcodes.Where(one => one.IsControl).Select(one => (int)one));
        Assert.Equal([3, 4, 5, 6, 7, 11, 12, 13, 14, 15], opcodes.Where(one => one.IsReserved).Select(one => (int)one));
    }
}
