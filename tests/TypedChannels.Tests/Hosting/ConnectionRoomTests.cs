namespace TypedChannels.Tests.Hosting;

public class ConnectionRoomTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(1_048_576L)]
    [InlineData(210_512L)]
    public void Options_hold_where_there_are_files_for_them(long? files) =>
        Assert.Equal(new ConnectionRoom(100_000, 110_000), ConnectionRoom.For(new ServerOptions(), files));

    [Theory]
    [InlineData(210_511L)]
    [InlineData(20_000L)]
    [InlineData(1024L)]
    [InlineData(100L)]
    [InlineData(3L)]
    public void Connections_and_handshakes_together_leave_files_to_others(long files)
    {
        var room = ConnectionRoom.For(new ServerOptions(), files);
        Assert.InRange(room.Connections, 1, 100_000);
        Assert.InRange(room.Handshakes, 1, 110_000);
        Assert.InRange(room.Connections + room.Handshakes, 2, Math.Max(files - 512, Math.Max(files / 2, 2)));
    }

    [Fact]
    public void Twenty_thousand_files_are_enough_for_fifteen_thousand_connections() =>
        Assert.InRange(ConnectionRoom.For(new ServerOptions(), 20_000).Connections, 15_000, 20_000);

    [Fact]
    public void Few_connections_are_not_made_fewer() => Assert.Equal(
        new ConnectionRoom(10, 15), ConnectionRoom.For(new ServerOptions { MaxConnections = 10, PendingLimit = 5 }, 1024));

    [Fact]
    public void Where_the_system_tells_its_limit_it_is_read() =>
        Assert.Equal(OperatingSystem.IsLinux(), ConnectionRoom.ReadMaxOpenFiles() is > 0);
}
