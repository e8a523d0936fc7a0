using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace TypedChannels.Generators;

/// <summary>
/// Prints the reader of an object. Members that come as they are usually written, one after the other, are taken by their whole names;
/// any other order goes through a switch.
/// </summary>
internal static class DirectObjectReadEmitter
{
    private const int BitsOfWord = 64;

    public static void Emit(SourceWriter code, DirectTypeModel type, DirectObjectModel shape, DirectTypes types)
    {
        for (var i = 0; i < shape.Members.Count; i++)
        {
            if (shape.Members[i].Target != DirectTarget.None)
                code.Line($"{shape.Members[i].Type} member{i} = {Default(shape, i)};");
        }
        for (var word = 0; word * BitsOfWord < shape.Members.Count; word++)
            code.Line($"ulong seen{word} = 0;");
        code.Line("bool more;");
        if (IsMadeFirst(shape))
            code.Line($"{type.FullName} made = new {type.FullName}();");
        EmitStart(code, shape);
        EmitMembers(code, type, shape, types);
        EmitNames(code, shape);
        EmitEnd(code, type, shape);
    }

    private static bool IsMadeFirst(DirectObjectModel shape) => shape.Arguments.Count == 0;

    private static string Default(DirectObjectModel shape, int member) =>
        shape.Arguments.FirstOrDefault(argument => argument.Member == member)?.DefaultValue ?? "default";

    private static void EmitStart(SourceWriter code, DirectObjectModel shape)
    {
        var isKnown = shape.Members.Count > 0 && shape.Members[0].IsWritten;
        if (isKnown)
            code.Open($"if (!reader.TryTakeStart({DirectNames.Member("{", shape.Members[0].JsonName)}))");
        code.Line("if (!reader.TryStartObject(out more)) return false;")
            .Line("if (more) goto Name;")
            .Line("goto End;");
        if (isKnown)
            code.Close();
    }

    private static void EmitMembers(SourceWriter code, DirectTypeModel type, DirectObjectModel shape, DirectTypes types)
    {
        for (var i = 0; i < shape.Members.Count; i++)
        {
            var member = shape.Members[i];
            code.Line().Line($"Member{i}: // {Literals.Quote(member.JsonName)}")
                .Line($"if ((seen{i / BitsOfWord} & {Bit(i)}) != 0{OutOfOrder(shape, i)}) return false;")
                .Line($"seen{i / BitsOfWord} |= {Bit(i)};");
            if (member.Target == DirectTarget.None)
                code.Line("if (!reader.TrySkip()) return false;");
            else
                code.Line($"if (!{types.Read(member.Type, $"member{i}", member.ReadsNull)}) return false;");
            if (member.Target == DirectTarget.Setter && IsMadeFirst(shape))
                code.Line(Set(type, member, i));
            if (i + 1 < shape.Members.Count && shape.Members[i + 1].IsWritten)
                code.Line($"if (!reader.TryTake({DirectNames.Member(",", shape.Members[i + 1].JsonName)})) goto Next;");
            else if (i + 1 < shape.Members.Count)
                code.Line("goto Next;");
        }
    }

    /// <summary>
    /// A setter may look at what another has set. Where they are all called at the end, they are called in the order of the record, so any
    /// other order is refused.
    /// </summary>
    private static string OutOfOrder(DirectObjectModel shape, int member)
    {
        if (IsMadeFirst(shape) || shape.Members[member].Target != DirectTarget.Setter)
            return "";
        var later = Enumerable.Range(member + 1, shape.Members.Count - member - 1)
            .Where(i => shape.Members[i].Target == DirectTarget.Setter).ToList();
        return string.Concat(Words(later).Select(word => $" || (seen{word.Key} & {word.Value}) != 0"));
    }

    private static void EmitNames(SourceWriter code, DirectObjectModel shape)
    {
        code.Line()
            .Line("Next:")
            .Line("if (!reader.TryContinueObject(out more)) return false;")
            .Line("if (!more) goto End;")
            .Line()
            .Line("Name:")
            .Line("if (!reader.TryReadName(out global::System.ReadOnlySpan<byte> name)) return false;")
            .Open("switch (name.Length)");
        foreach (var sameLength in Enumerable.Range(0, shape.Members.Count)
            .GroupBy(i => Encoding.UTF8.GetByteCount(shape.Members[i].JsonName)))
        {
            code.Line($"case {sameLength.Key}:");
            foreach (var i in sameLength)
            {
                code.Line(
                    $"    if (global::System.MemoryExtensions.SequenceEqual(name, {DirectNames.Utf8(shape.Members[i].JsonName)})) "
                    + $"goto Member{i};");
            }
            code.Line("    break;");
        }
        code.Line("default:")
            .Line("    break;")
            .Close();
        if (shape.RefusesUnknown)
            code.Line("return false;");
        else
            code.Line("if (!reader.TrySkip()) return false;").Line("goto Next;");
    }

    private static void EmitEnd(SourceWriter code, DirectTypeModel type, DirectObjectModel shape)
    {
        code.Line().Line("End:");
        var required = Enumerable.Range(0, shape.Members.Count).Where(i => shape.Members[i].IsRequired).ToList();
        foreach (var word in Words(required))
            code.Line($"if ((seen{word.Key} & {word.Value}) != {word.Value}) return false;");
        if (IsMadeFirst(shape))
        {
            code.Line("value = made;").Line("return true;");
            return;
        }

        code.Line($"{type.FullName} made = {Creation(type, shape)};");
        for (var i = 0; i < shape.Members.Count; i++)
        {
            if (shape.Members[i].Target == DirectTarget.Setter)
                code.Line($"if ((seen{i / BitsOfWord} & {Bit(i)}) != 0) {Set(type, shape.Members[i], i)}");
        }
        code.Line("value = made;").Line("return true;");
    }

    private static string Creation(DirectTypeModel type, DirectObjectModel shape)
    {
        var creation = new StringBuilder("new ").Append(type.FullName).Append('(')
            .Append(string.Join(", ", Enumerable.Range(0, shape.ConstructorArgumentCount).Select(i => Argument(shape, i))))
            .Append(')');
        if (shape.Initializers.Count > 0)
        {
            creation.Append(" { ")
                .Append(string.Join(", ", shape.Initializers.Select(
                    m => $"{Identifiers.Escape(m.Member)} = {Argument(shape, m.ParameterIndex)}")))
                .Append(" }");
        }
        return creation.ToString();
    }

    private static string Argument(DirectObjectModel shape, int index)
    {
        var argument = shape.Arguments[index];
        // The type tells constructors apart.
        return argument.Member >= 0
            ? "member" + argument.Member.ToString(CultureInfo.InvariantCulture)
            : $"({argument.Type})({argument.DefaultValue ?? "default(" + argument.Type + ")"})";
    }

    private static string Set(DirectTypeModel type, DirectMemberModel member, int index) =>
        $"{DirectTypes.Member("made", type, member)} = member{index};";

    private static string Bit(int member) => Hex(1UL << (member % BitsOfWord));

    private static string Hex(ulong bits) => "0x" + bits.ToString("X", CultureInfo.InvariantCulture) + "UL";

    private static IEnumerable<(int Key, string Value)> Words(IEnumerable<int> members) =>
        members.GroupBy(i => i / BitsOfWord)
            .Select(word => (word.Key, Hex(word.Aggregate(0UL, (bits, i) => bits | (1UL << (i % BitsOfWord))))));
}
