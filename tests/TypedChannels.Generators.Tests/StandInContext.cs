using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Generators.Tests;

/// <summary>A JSON context for as long as the generator emits none. To be deleted, with its one call, as soon as it does.</summary>
internal static class StandInContext
{
    public static IEnumerable<SyntaxTree> For(Project project)
    {
        var root = Identifiers.ToNamespace(string.IsNullOrEmpty(project.RootNamespace) ? project.AssemblyName : project.RootNamespace);
        yield return CSharpSyntaxTree.ParseText($$"""
            #nullable enable
            namespace {{root}}
            {
                internal sealed class ChannelJsonContext
                {
                    public static ChannelJsonContext Default { get; } = new();
                    public global::System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(global::System.Type type) => null;
                }
            }
            """, project.ParseOptions, "StandInContext.cs");
    }
}
