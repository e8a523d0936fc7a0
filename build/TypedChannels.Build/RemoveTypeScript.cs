using System.IO;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace TypedChannels.Build;

/// <summary>Deletes what <see cref="WriteTypeScript"/> wrote: a part of cleaning.</summary>
public sealed class RemoveTypeScript : Task
{
    /// <summary>The file that remembers what was written.</summary>
    [Required]
    public string ListFile { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (!File.Exists(ListFile))
            return true;
        OutputFolder.Delete(File.ReadAllLines(ListFile));
        File.Delete(ListFile);
        return true;
    }
}
