using System.Numerics;
using System.Text.Json.Serialization;
using Snippets.Json;
using TypedChannels;

#region json-settings
[assembly: ChannelJson(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,   // default: camelCase
    UseStringEnumConverter = false,                                // default: enums are strings, and numbers are refused
    ContextName = "ChatJson",                                      // default: ChannelJsonContext
    Context = typeof(MyContext))]                                  // default: none
#endregion

namespace Snippets.Json;

#region json-own-context
[JsonSerializable(typeof(Matrix3x2))]
internal sealed partial class MyContext : JsonSerializerContext;
#endregion

[Channel("turn")]
public sealed record Turn(Matrix3x2 By);
