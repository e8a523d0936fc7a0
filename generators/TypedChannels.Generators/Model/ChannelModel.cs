namespace TypedChannels.Generators;

/// <summary>Which side of a connection sends: the values of the attribute's enum.</summary>
internal enum Direction
{
    Both = 0,
    ToServer = 1,
    ToClient = 2,
}

/// <summary>One channel, of this project or of another assembly's contract.</summary>
/// <param name="Name">The name on the wire, unescaped.</param>
/// <param name="MemberName">What the generated members are called; a valid identifier, perhaps a keyword.</param>
/// <param name="Record">The record's full name, from <c>global::</c> on.</param>
/// <param name="Direction">Which side sends.</param>
/// <param name="MaxBytes">Largest text message in bytes; 0: the connection's own limit.</param>
/// <param name="Compress">Whether the server may compress its messages.</param>
/// <param name="IsPublic">Whether the record, with all that it is nested in, is public. Otherwise it is internal.</param>
/// <param name="IsEmpty">Whether the record has no members and can be made by <c>new()</c>.</param>
/// <param name="Descriptors">The full name of the generated class that holds the channel's descriptor.</param>
internal sealed record ChannelModel(
    string Name,
    string MemberName,
    string Record,
    Direction Direction,
    int MaxBytes,
    bool Compress,
    bool IsPublic,
    bool IsEmpty,
    string Descriptors)
{
    public string Accessibility => IsPublic ? "public" : "internal";
}

/// <summary>
/// A <c>[Channel]</c> record as the pipeline finds it: the channel, what its JSON is made of, which way it goes, and what the manifest says
/// of it.
/// </summary>
internal sealed record DeclaredChannel(ChannelModel Channel, JsonGraph Graph, DirectPlan Plan, ManifestRecord Manifest);
