using System;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Generators;

/// <summary>A parameter's default as C# source, boxed as the parameter's type.</summary>
internal static class JsonConstant
{
    public static string? DefaultOf(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue)
            return null;
        var type = parameter.Type;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            && parameter.ExplicitDefaultValue is not null)
            type = nullable.TypeArguments[0];
        var name = JsonTypeNames.FullName(type);
        var format = CultureInfo.InvariantCulture;
        return parameter.ExplicitDefaultValue switch
        {
            string text => SymbolDisplay.FormatLiteral(text, quote: true),
            char letter => SymbolDisplay.FormatLiteral(letter, quote: true),
            bool truth => truth ? "true" : "false",
            double.NaN => "double.NaN",
            double.PositiveInfinity => "double.PositiveInfinity",
            double.NegativeInfinity => "double.NegativeInfinity",
            double number => number.ToString("R", format) + "D",
            float.NaN => "float.NaN",
            float.PositiveInfinity => "float.PositiveInfinity",
            float.NegativeInfinity => "float.NegativeInfinity",
            float number => number.ToString("R", format) + "F",
            decimal number => number.ToString(format) + "M",
            sbyte or byte or short or ushort or int or uint or long or ulong =>
                $"({name})({((IFormattable)parameter.ExplicitDefaultValue).ToString(null, format)})",
            _ => $"default({name})",
        };
    }
}
