using System.Collections.Generic;
using System.Globalization;

namespace TypedChannels.Generators;

/// <summary>A plan's types by name, and how a value of each is read and written.</summary>
internal sealed class DirectTypes
{
    private readonly Dictionary<string, (DirectTypeModel Type, int Index)> _types = [];

    public DirectTypes(DirectPlan plan)
    {
        for (var i = 0; i < plan.Types.Count; i++)
            _types.Add(plan.Types[i].FullName, (plan.Types[i], i));
    }

    public DirectTypeModel this[string name] => _types[name].Type;

    /// <summary>The name of the method for a type, or for its null where it has one of its own.</summary>
    public string Method(string verb, string name) => verb + _types[name].Index.ToString(CultureInfo.InvariantCulture);

    /// <summary>A member of an object, also where another hides it.</summary>
    public static string Member(string variable, DirectTypeModel type, DirectMemberModel member) =>
        (member.DeclaringType == type.FullName ? variable : $"(({member.DeclaringType}){variable})")
        + "." + Identifiers.Escape(member.Name);

    /// <summary>The condition that a value was read into a variable. What cannot be null takes none, whatever is said.</summary>
    public string Read(string name, string variable, bool takesNull)
    {
        var type = this[name];
        var read = type.Kind == DirectKind.Scalar
            ? $"reader.TryRead{type.Method}(out {variable})"
            : $"{Method("TryRead", name)}(ref reader, out {variable})";
        return type.Kind == DirectKind.Nullable
            ? takesNull ? read : $"({read} && {variable} is not null)"
            : takesNull && !type.IsValueType ? $"(reader.TryReadNull() ? ({variable} = null) is null : {read})" : read;
    }

    /// <summary>Writes a value; a variable, since it is asked for more than once.</summary>
    public void Write(SourceWriter code, string name, string variable, bool writesNull)
    {
        var type = this[name];
        var write = type.Kind == DirectKind.Scalar
            ? $"writer.Write{type.Method}({variable});"
            : $"{Method("Write", name)}(ref writer, {variable});";
        if (type.IsValueType && (type.Kind != DirectKind.Nullable || writesNull))
        {
            code.Line(write);
            return;
        }
        code.Line($"if ({variable} is null) writer.{(writesNull ? "WriteNull" : "Refuse")}();")
            .Line($"else {write}");
    }
}
