using TypedChannels;

[Channel("global")]
public sealed record InGlobalNamespace(@class @new, string @event);

public sealed record @class(int @int, string? @void);

namespace Hostile
{
    [Channel("hostile")]
    public sealed record Message(Task Task, JsonSerializer JsonSerializer, System System, Options Options, Default Default, String String, _Message Underscored, MESSAGE Upper);

    public sealed record Task(int A);

    public sealed record JsonSerializer(int A);

    public sealed record System(int A);

    public sealed record Options(int A);

    public sealed record Default(int A);

    public sealed record String(int A);

    public sealed record _Message(int A);

    public sealed record MESSAGE(int A);
}

namespace Hostile.Two
{
    [Channel("same name")]
    public sealed record Message(Hostile.Message? Other, List<Task> ListTask, ListTask Own, Größe Größe);

    public sealed record Task(string B);

    public sealed record ListTask(int C);

    public sealed record Größe(int Länge);
}

namespace MyApp.System
{
    [Channel("inner system")]
    public sealed record Guid(global::System.Guid Id, Text.Json.JsonElement Element);
}

namespace MyApp.System.Text.Json
{
    public sealed record JsonElement(int A);
}
