using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TypedChannels.Conformance;

/// <summary>What a run found, for people and for programs.</summary>
internal static class Report
{
    /// <summary>A table with a line a group and endpoint.</summary>
    public static string Markdown(IReadOnlyCollection<Verdict> verdicts)
    {
        var text = new StringBuilder();
        text.AppendLine("| endpoint | group | runs | OK | NON-STRICT | informational | failed | slowest end of TCP |");
        text.AppendLine("|---|---|---|---|---|---|---|---|");
        var groups =
            from verdict in verdicts
            let number = int.Parse(verdict.Case.Split('.')[0], CultureInfo.InvariantCulture)
            group verdict by (verdict.Endpoint, Number: number) into one
            orderby one.Key.Endpoint, one.Key.Number
            select one;
        foreach (var one in groups)
        {
            var slowest = string.Create(CultureInfo.InvariantCulture, $"{one.Max(verdict => verdict.EndMilliseconds):0} ms");
            text.AppendLine(
                $"| {one.Key.Endpoint} | {one.Key.Number} | {one.Count()} | {Count(one, Judgement.Ok)} | {Count(one, Judgement.NonStrict)} "
                + $"| {Count(one, Judgement.Informational)} | {Count(one, Judgement.Failed) + Count(one, Judgement.Unimplemented)} | {slowest} |");
        }
        return text.ToString();
    }

    public static string Json(IEnumerable<Verdict> verdicts)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var verdict in verdicts.OrderBy(one => one.Endpoint).ThenBy(one => one.Case, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("case", verdict.Case);
                json.WriteString("endpoint", verdict.Endpoint);
                json.WriteString("chopping", verdict.Chopping.ToString());
                json.WriteString("judgement", verdict.Judgement.ToString());
                json.WriteString("behaviour", verdict.Behaviour);
                json.WriteString("close", verdict.Close);
                json.WriteNumber("endMilliseconds", Math.Round(verdict.EndMilliseconds, 1));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static int Count(IEnumerable<Verdict> verdicts, Judgement judgement) => verdicts.Count(one => one.Judgement == judgement);
}
