using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Generators;

/// <summary>Names and constants as C# source.</summary>
internal static class CSharpNames
{
    /// <summary>The identifier, with an <c>@</c> if it is a keyword.</summary>
    public static string Escape(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) == SyntaxKind.None ? identifier : "@" + identifier;

    /// <summary>A string literal.</summary>
    public static string Literal(string value) => SymbolDisplay.FormatLiteral(value, quote: true);
}
