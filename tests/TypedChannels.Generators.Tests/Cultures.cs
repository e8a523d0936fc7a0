using System.Globalization;

namespace TypedChannels.Generators.Tests;

/// <summary>Runs something under the rules of another culture.</summary>
internal static class Cultures
{
    public static T Under<T>(string name, Func<T> run)
    {
        Assert.SkipUnless(HasCultureData(), "This machine has no culture data (it runs .NET in globalization-invariant mode).");
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name, predefinedOnly: true);
            return run();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static bool HasCultureData()
    {
        try
        {
            return CultureInfo.GetCultureInfo("tr-TR").TextInfo.ToUpper('i') == '\u0130';
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
