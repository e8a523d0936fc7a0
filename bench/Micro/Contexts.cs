using System.Text.Json.Serialization;

namespace TypedChannels.Micro;

/// <summary>System.Text.Json's source generation with the options of the wire: reading always goes by metadata.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ChatMessage))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(Order))]
internal sealed partial class MetadataContext : JsonSerializerContext;

/// <summary>The same with its fast path, which only writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32)]
[JsonSerializable(typeof(ChatMessage))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(Order))]
internal sealed partial class FastContext : JsonSerializerContext;
