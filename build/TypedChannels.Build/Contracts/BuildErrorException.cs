using System;

namespace TypedChannels.Build;

/// <summary>A mistake that ends the build, with a code that docs/typescript.md explains.</summary>
internal sealed class BuildErrorException(string code, string message) : Exception(message)
{
    /// <summary>There is nothing to write a client of.</summary>
    public const string NothingFound = "TCT0001";

    /// <summary>Two clients would be one file.</summary>
    public const string SameName = "TCT0002";

    /// <summary>A contract has no manifest, or one of another version.</summary>
    public const string NoManifest = "TCT0003";

    /// <summary>The contract cannot be said in TypeScript.</summary>
    public const string Inexpressible = "TCT0004";

    /// <summary>A file is in the way that this build did not write.</summary>
    public const string ForeignFile = "TCT0005";

    /// <summary>The name that the project gives the client is none.</summary>
    public const string NoName = "TCT0006";

    public string Code { get; } = code;
}
