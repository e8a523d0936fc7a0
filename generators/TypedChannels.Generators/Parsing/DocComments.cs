using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
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

    private static XElement? Parse(SyntaxNode declaration)
    {
        var trivia = declaration.GetLeadingTrivia().ToFullString();
        if (trivia.IndexOf("///", StringComparison.Ordinal) < 0)
            return null;
        var lines = trivia.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("///", StringComparison.Ordinal) && !line.StartsWith("////", StringComparison.Ordinal))
            .Select(line => line.Substring(3));
        try
        {
            return XElement.Parse("<doc>" + string.Join("\n", lines) + "</doc>", LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
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
