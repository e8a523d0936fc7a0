using System.Globalization;
using System.Text;

namespace TypedChannels.Load;

/// <summary>Text as a list of things has it: names that come again, numbers that do not.</summary>
internal static class SampleText
{
    private static readonly string[] Words = ["north", "harbour", "delayed", "boarding", "platform", "express", "arrived", "cancelled"];

    public static string Make(int seed, int length)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(CultureInfo.InvariantCulture, $"train {random.Next(10_000)} {Words[random.Next(8)]} {Words[random.Next(8)]} ");
            text.Append(CultureInfo.InvariantCulture, $"at {random.Next(24):00}:{random.Next(60):00}; ");
        }
        return text.ToString(0, length);
    }
}
