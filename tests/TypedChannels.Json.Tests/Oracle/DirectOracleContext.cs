using System.Text.Json.Serialization;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>The oracle of the records that were declared for the direct way.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32,
    Converters = [typeof(StrictEnums), typeof(FiniteDoubles), typeof(FiniteSingles)],
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Scalars))]
[JsonSerializable(typeof(Sparse))]
[JsonSerializable(typeof(Wide))]
[JsonSerializable(typeof(Setters))]
[JsonSerializable(typeof(OddNames))]
[JsonSerializable(typeof(Picky))]
internal sealed partial class DirectOracleContext : JsonSerializerContext;
