using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.Generators;

/// <summary>
/// The doc comments of declarations, as text. They are read from the source, not asked of the compiler: it parses them in an editor, but
/// in a build only where documentation is on, and what is made of them must not depend on that. So what another assembly declares has none.
/// </summary>
internal static class DocComments
{
    /// <summary>The summary and the remarks; null where there are none, or they are no XML.</summary>
    public static string? Of(ISymbol symbol, CancellationToken cancellation) =>
        symbol.DeclaringSyntaxReferences
            // Of several parts the first by its file's name, since the compiler's order of files is nobody's promise.
            .OrderBy(reference => reference.SyntaxTree.FilePath, StringComparer.Ordinal)
            .Select(reference => Of(reference.GetSyntax(cancellation)))
            .FirstOrDefault(text => text is not null);

    private static string? Of(SyntaxNode declaration)
    {
        if (declaration is ParameterSyntax { Parent.Parent: { } record } parameter)
        {
            var name = parameter.Identifier.ValueText;
            return Parse(record)?.Elements("param").FirstOrDefault(e => e.Attribute("name")?.Value == name) is { } own
                ? NullIfEmpty(Text(own))
                : null;
        }
        // A field stands in a declaration of one or several.
        if (declaration is VariableDeclaratorSyntax { Parent.Parent: { } field })
            declaration = field;
        return Parse(declaration) is { } comment
            ? NullIfEmpty(string.Join("\n", comment.Elements().Where(e => e.Name.LocalName is "summary" or "remarks").Select(Text)))
            : null;
    }

    /// <summary>The doc comments before a declaration, as they stand there.</summary>
    public static string Text(SyntaxNode declaration) => Text(declaration.GetLeadingTrivia());

    /// <summary>The doc comments in what stands before a token.</summary>
    public static string Text(SyntaxTriviaList trivia) => string.Concat(trivia.Select(t => t.Kind() switch
    {
        SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia => t.ToFullString() + "\n",
        // What the compiler was not asked to parse.
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia when IsDocumentation(t.ToString()) => t.ToString() + "\n",
        _ => "",
    }));

    private static bool IsDocumentation(string comment) =>
        StartsWith(comment, "///") ? !StartsWith(comment, "////") : StartsWith(comment, "/**") && comment is not "/**/" && !StartsWith(comment, "/***");

    private static bool StartsWith(string text, string start) => text.StartsWith(start, StringComparison.Ordinal);

    private static XElement? Parse(SyntaxNode declaration)
    {
        var comment = Text(declaration);
        if (comment.Length == 0)
            return null;
        try
        {
            return XElement.Parse("<doc>" + string.Join("\n", Lines(comment)) + "</doc>", LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The lines without what makes them a comment, of either form.</summary>
    private static IEnumerable<string> Lines(string comment)
    {
        var isOpen = false;
        foreach (var whole in comment.Split('\n'))
        {
            var line = whole.Trim();
            var isFirst = !isOpen && StartsWith(line, "/**");
            isOpen |= isFirst;
            if (!isOpen)
            {
                yield return StartsWith(line, "///") ? line.Substring(3) : line;
                continue;
            }
            if (isFirst)
                line = line.Substring(3);
            isOpen = !line.EndsWith("*/", StringComparison.Ordinal);
            if (!isOpen)
                line = line.Substring(0, line.Length - 2);
            yield return !isFirst && StartsWith(line, "*") ? line.Substring(1) : line;
        }
    }

    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        Append(element, text);
        // A paragraph is a line; within it all white space is one space.
        var lines = text.ToString().Split('\f')
            .Select(line => string.Join(" ", line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return string.Join("\n", lines.Where(line => line.Length > 0));
    }

    private static void Append(XElement element, StringBuilder text)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText plain)
                text.Append(plain.Value);
            else if (node is XElement { Name.LocalName: "para" or "list" or "item" } block)
                Append(block, text.Append('\f'));
            else if (node is XElement { Name.LocalName: "c" or "code" } code)
                text.Append('`').Append(code.Value).Append('`');
            else if (node is XElement child && Named(child) is { } name && child.IsEmpty)
                text.Append('`').Append(name).Append('`');
            else if (node is XElement other)
                Append(other, text);
        }
    }

    private static string? Named(XElement element) =>
        (element.Attribute("cref") ?? element.Attribute("langword") ?? element.Attribute("name") ?? element.Attribute("href"))?.Value;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
