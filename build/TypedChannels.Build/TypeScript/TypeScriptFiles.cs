using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace TypedChannels.Build;

/// <summary>The files of some clients, and those that they share.</summary>
internal static class TypeScriptFiles
{
    public static IEnumerable<(string Name, string Text)> Of(IReadOnlyList<ClientModel> clients)
    {
        foreach (var client in clients)
        {
            if (string.Equals(client.Name, OutputFolder.Runtime, StringComparison.OrdinalIgnoreCase))
            {
                throw new BuildErrorException(
                    BuildErrorException.SameName,
                    $"'{client.Of}' would be written as {OutputFolder.Runtime}.js, which all clients share; rename it.");
            }
            if (client.Channels.Where(c => c.ToServer).GroupBy(ModuleWriter.SendName).FirstOrDefault(g => g.Count() > 1) is { } twice)
            {
                throw new BuildErrorException(
                    BuildErrorException.Inexpressible,
                    $"Two channels of '{client.Of}' would be sent by {twice.Key}(); give one of them a MemberName.");
            }
            var views = new TypeViews(client);
            var names = new TypeNames(client, views);
            yield return (client.Name + ".js", ModuleWriter.Write(client, views, names));
            yield return (client.Name + ".d.ts", DeclarationWriter.Write(client, views, names));
        }
        foreach (var name in new[] { OutputFolder.Runtime + ".js", OutputFolder.Runtime + ".d.ts" })
            yield return (name, Resource(name));
    }

    private static string Resource(string name)
    {
        using var content = new StreamReader(typeof(TypeScriptFiles).Assembly.GetManifestResourceStream(name)!);
        return content.ReadToEnd().Replace("\r\n", "\n");
    }
}
