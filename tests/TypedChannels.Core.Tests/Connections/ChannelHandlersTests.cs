using CsCheck;

namespace TypedChannels.Tests.Connections;

public class ChannelHandlersTests
{
    private static readonly ChannelHandler<int> A = _ => default, B = _ => new ValueTask(Task.CompletedTask), C = value => new ValueTask(Task.FromResult(value));

    [Fact]
    public void Keeps_handlers_in_the_order_in_which_they_were_added()
    {
        ChannelHandler<int>[]? handlers = null;
        ChannelHandlers.Add(ref handlers, A);
        ChannelHandlers.Add(ref handlers, B);
        ChannelHandlers.Add(ref handlers, A);
        Assert.Equal([A, B, A], handlers);
    }

    [Fact]
    public void Adds_each_handler_of_a_combined_delegate()
    {
        ChannelHandler<int>[]? handlers = null;
        ChannelHandlers.Add(ref handlers, A + B);
        ChannelHandlers.Add(ref handlers, C + (A + B));
        Assert.Equal([A, B, C, A, B], handlers);
    }

    [Fact]
    public void Adding_or_removing_null_changes_nothing()
    {
        ChannelHandler<int>[]? handlers = null;
        ChannelHandlers.Add(ref handlers, null);
        ChannelHandlers.Remove(ref handlers, null);
        ChannelHandlers.Remove(ref handlers, A);
        Assert.Null(handlers);
    }

    [Fact]
    public void Removes_the_last_of_equal_handlers_and_only_it()
    {
        ChannelHandler<int>[]? handlers = null;
        ChannelHandlers.Add(ref handlers, A + B + A + C);
        ChannelHandlers.Remove(ref handlers, A);
        Assert.Equal([A, B, C], handlers);
        ChannelHandlers.Remove(ref handlers, C + A);
        Assert.Equal([B], handlers);
        ChannelHandlers.Remove(ref handlers, A);
        Assert.Equal([B], handlers);
    }

    [Fact]
    public void An_event_whose_last_handler_is_removed_costs_a_null_reference_again()
    {
        ChannelHandler<int>[]? handlers = null;
        ChannelHandlers.Add(ref handlers, A);
        ChannelHandlers.Remove(ref handlers, A);
        Assert.Null(handlers);
    }

    [Fact]
    public void An_array_that_is_being_run_does_not_change()
    {
        ChannelHandler<int>[]? handlers = null;
        ChannelHandlers.Add(ref handlers, A + B);
        var running = handlers!;
        ChannelHandlers.Remove(ref handlers, A);
        ChannelHandlers.Add(ref handlers, C);
        Assert.Equal([A, B], running);
        Assert.Equal([B, C], handlers);
    }

    [Fact]
    public void Handlers_added_and_removed_by_several_threads_are_neither_lost_nor_left()
    {
        Gen.Int[1, 50].Sample(count =>
        {
            ChannelHandler<int>[]? handlers = null;
            var kept = Enumerable.Range(0, 4).Select(i => (ChannelHandler<int>)(value => new ValueTask(Task.FromResult(i + value)))).ToArray();
            Parallel.For(0, 4, i =>
            {
                for (var n = 0; n < count; n++)
                {
                    ChannelHandler<int> passing = value => new ValueTask(Task.FromResult(i * n * value));
                    ChannelHandlers.Add(ref handlers, passing);
                    if (n == count / 2)
                        ChannelHandlers.Add(ref handlers, kept[i]);
                    ChannelHandlers.Remove(ref handlers, passing);
                }
            });
            Assert.Equal(4, handlers!.Length);
            Assert.All(kept, handler => Assert.Contains(handler, handlers));
        }, iter: 50);
    }
}
