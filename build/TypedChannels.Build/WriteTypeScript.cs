using System;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace TypedChannels.Build;

/// <summary>Writes a TypeScript client for each server and client class of a project, or of the projects that it references.</summary>
public sealed class WriteTypeScript : Task
{
    /// <summary>The compiled assembly.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>The assemblies that it references, but those of the framework.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary>The folder to write to.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>A file of the build's own that remembers what was written.</summary>
    [Required]
    public string ListFile { get; set; } = "";

    /// <summary>The name of the client of the project's own channels, where it declares no server or client.</summary>
    public string? ClientName { get; set; }

    /// <summary>The files, written or found to be as they should.</summary>
    [Output]
    public ITaskItem[] Files { get; set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            var clients = new ClientFinder(Assembly, [.. References.Select(r => r.ItemSpec)]).Find(ClientName);
            var files = new OutputFolder(Path.GetFullPath(OutputFolder.Replace('\\', '/'))).Write([.. TypeScriptFiles.Of(clients)]);
            var before = File.Exists(ListFile) ? File.ReadAllLines(ListFile) : [];
            Build.OutputFolder.Delete(before.Except(files, StringComparer.OrdinalIgnoreCase));
            if (!before.SequenceEqual(files, StringComparer.Ordinal))
                File.WriteAllLines(ListFile, files);
            Files = [.. files.Select(file => new TaskItem(file))];
        }
        catch (BuildErrorException exception)
        {
            Log.LogError(
                null, exception.Code, null, "https://github.com/typedchannels/typedchannels/blob/main/docs/typescript.md#build-errors",
                null, 0, 0, 0, 0, exception.Message);
        }
        catch (Exception exception) when (exception
            is IOException or UnauthorizedAccessException or BadImageFormatException or FormatException)
        {
            Log.LogErrorFromException(exception);
        }
        return !Log.HasLoggedErrors;
    }
}
