using System.Globalization;

namespace TypedChannels.Tests;

/// <summary>What tests print beside passing.</summary>
internal static class Figures
{
    public static double Megabytes(string file) => new FileInfo(file).Length / 1024.0 / 1024.0;

    public static string Size(string file) => string.Create(CultureInfo.InvariantCulture, $"{Megabytes(file):0.0} MB");
}
