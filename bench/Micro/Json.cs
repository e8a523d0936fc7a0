using BenchmarkDotNet.Attributes;
using TypedChannelsGenerated.TypedChannels.Micro;

namespace TypedChannels.Micro;

/// <summary>The codecs beside System.Text.Json's source generation.</summary>
public abstract class Json
{
    private static readonly Dictionary<string, Subject> Subjects = new()
    {
        ["chat"] = new Subject<ChatMessage>(
            Values.Chat, ChannelDescriptors.Chat.Codec, MetadataContext.Default.ChatMessage, FastContext.Default.ChatMessage),
        ["order"] = new Subject<Order>(
            Values.Order, ChannelDescriptors.Order.Codec, MetadataContext.Default.Order, FastContext.Default.Order),
        ["10 KB string"] = new Subject<Note>(
            Values.Note, ChannelDescriptors.Note.Codec, MetadataContext.Default.Note, FastContext.Default.Note),
    };

    [Params("chat", "order", "10 KB string")]
    public string Record { get; set; } = "";

    private protected Subject Subject { get; private set; } = null!;

    [GlobalSetup]
    public void Choose() => Subject = Subjects[Record];
}

[MemoryDiagnoser]
[MedianColumn]
public class JsonReading : Json
{
    [Benchmark(Baseline = true, Description = "System.Text.Json")]
    public object? Metadata() => Subject.ReadMetadata();

    [Benchmark(Description = "TypedChannels")]
    public object? Ours() => Subject.ReadOurs();
}

[MemoryDiagnoser]
[MedianColumn]
public class JsonWriting : Json
{
    [Benchmark(Baseline = true, Description = "System.Text.Json, fast path")]
    public void Fast() => Subject.WriteFast();

    [Benchmark(Description = "System.Text.Json, metadata")]
    public void Metadata() => Subject.WriteMetadata();

    [Benchmark(Description = "TypedChannels")]
    public void Ours() => Subject.WriteOurs();
}
