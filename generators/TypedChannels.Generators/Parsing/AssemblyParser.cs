using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Decides where generated types live.</summary>
internal static class AssemblyParser
{
    public static AssemblyModel Parse(Compilation compilation, string? rootNamespace)
    {
        var root = string.IsNullOrWhiteSpace(rootNamespace) ? compilation.AssemblyName : rootNamespace!.Trim();
        return new(
            Namespace(compilation.AssemblyName),
            string.IsNullOrEmpty(root) || IsTaken(compilation, root!) ? null : Identifiers.ToNamespace(root!),
            JsonSettingsParser.Parse(compilation.Assembly, report: null).ContextName);
    }

    /// <summary>The full name of the class with the descriptors of an assembly that is being compiled.</summary>
    public static string Descriptors(Compilation compilation) => "global::" + Namespace(compilation.AssemblyName) + ".ChannelDescriptors";

    /// <summary>
    /// Whether a type of the project stands where the namespace would: in a project <c>ChatServer</c>
    /// of one file, a class <c>ChatServer</c>. The context is then in the global namespace too.
    /// </summary>
    private static bool IsTaken(Compilation compilation, string root)
    {
        var inside = compilation.Assembly.GlobalNamespace;
        foreach (var part in root.Split('.'))
        {
            if (!inside.GetTypeMembers(part, 0).IsEmpty)
                return true;
            if (inside.GetNamespaceMembers().FirstOrDefault(n => n.Name == part) is not { } next)
                return false;
            inside = next;
        }
        return false;
    }

    private static string Namespace(string? assemblyName)
    {
        assemblyName = string.IsNullOrEmpty(assemblyName) ? "Unnamed" : assemblyName!;
        var name = Identifiers.ToNamespace(assemblyName);
        // My-App and My_App must not share a namespace.
        return "TypedChannelsGenerated." + (name.Replace("@", "") == assemblyName ? name : name + "_" + Identifiers.Hash(assemblyName));
    }
}
