using System.Buffers;
using System.Text;
using TypedChannels.Json.Tests.Corpus;
using TypedChannelsGenerated.TypedChannels.Json.Tests;

namespace TypedChannels.Json.Tests;

/// <summary>What the direct way costs in memory. By metadata it would be more: boxes, an array of arguments, lists that grew.</summary>
public sealed class CodecsAllocate
{
    [Fact]
    public void Reading_a_record_allocates_it_and_its_strings() => AssertReadsAs(
        ChannelDescriptors.Chat.Codec,
        """{"user":"alice","text":"hi, \"bob\" \u00e9","count":1,"mood":"so-so"}""",
        () => new Chat(Text("alice"), Text("hi, \"bob\" é"), 1, Mood.SoSo));

    [Fact]
    public void Reading_lists_allocates_them_with_room_for_their_items_and_no_more() => AssertReadsAs(
        ChannelDescriptors.Lists.Codec,
        """
        {"ints":[1,2,3,4,5,6,7],"strings":["aa",null,"cc","dd","ee"],"points":[{"x":1,"y":"one"},{"x":2,"y":"two"}],"map":{"mm":1},"nested":[[1],[2,3]],
        "moods":{"nn":["Sad"]},"blobs":["AAE="],"nullables":[null,"Glad"],"deep":[["xx"]]}
        """,
        () => new Lists(
            new int[] { 1, 2, 3, 4, 5, 6, 7 }, new(5) { Text("aa"), null, Text("cc"), Text("dd"), Text("ee") }, new List<Point>(2) { new(1, Text("one")), new(2, Text("two")) },
            new() { [Text("mm")] = 1 }, new(2) { new[] { 1 }, new[] { 2, 3 } }, new() { [Text("nn")] = new(1) { Mood.Sad } }, new byte[][] { new byte[] { 0, 1 } }, new Mood?[] { null, Mood.Glad },
            new List<IReadOnlyList<string>>(1) { new List<string>(1) { Text("xx") } }));

    [Fact]
    public void Writing_allocates_nothing()
    {
        AssertWritesWithoutAllocating(ChannelDescriptors.Chat.Codec, new("alice", "hi, \"bob\" é", 1, Mood.SoSo));
        AssertWritesWithoutAllocating(
            ChannelDescriptors.Lists.Codec,
            new([1, 2], ["a", null], [new Point(1, "y")], new() { ["é"] = 1 }, [[1], []], new() { ["m"] = [Mood.Glad] }, [[1, 2, 3]], [Mood.Sad, null], [["x"], new string[] { "y" }]));
        AssertWritesWithoutAllocating(ChannelDescriptors.Scalars.Codec, new() { Uri = new("http://example.org"), Bytes = new byte[5000], String = new string('é', 5000) });
    }

    private static void AssertReadsAs<T>(MessageCodec<T> codec, string json, Func<T> make)
    {
        var input = Encoding.UTF8.GetBytes(json);
        Assert.Equal(Oracle.ObjectDump.Of(make()), Oracle.ObjectDump.Of(codec.Read(input)));
        Assert.InRange(Allocated(() => codec.Read(input)), 1, Allocated(() => make()));
    }

    private static void AssertWritesWithoutAllocating<T>(MessageCodec<T> codec, T message)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(0, Allocated(() =>
        {
            output.ResetWrittenCount();
            codec.Write(output, message);
        }));
    }

    /// <summary>In bytes, once everything that is kept has been made.</summary>
    private static long Allocated(Action action)
    {
        action();
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // Of two letters and more: the framework keeps a string for each single letter.
    private static string Text(string text) => new(text.AsSpan());
}
