namespace TypedChannels.Generators;

/// <summary>The codec of one channel, which is a file of its own.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Plan">How its record is read and written.</param>
/// <param name="Namespace">The namespace of the descriptors class.</param>
/// <param name="Context">The full name of the JSON context.</param>
/// <param name="HintName">The file's name.</param>
internal sealed record DirectCodecModel(ChannelModel Channel, DirectPlan Plan, string Namespace, string Context, string HintName);
