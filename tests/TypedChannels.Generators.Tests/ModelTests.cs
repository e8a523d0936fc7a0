using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators.Tests;

public class ModelTests
{
    [Fact]
    public void No_symbol_syntax_location_or_compilation_is_in_any_model()
    {
        var seen = new HashSet<Type>();
        Type[] roots = [typeof(DeclaredChannel), typeof(ContractModel), typeof(AssemblyModel), typeof(DescriptorModel), typeof(DirectCodecModel), typeof(ManifestModel), typeof(EndpointDeclaration), typeof(EndpointModel), typeof(JsonContextModel)];
        foreach (var root in roots)
            Walk(root, root.Name, seen);
        Assert.True(seen.Count > 15, string.Join(", ", seen));
    }

    [Fact]
    public void Two_compilations_of_one_source_give_equal_models()
    {
        var project = new Project("App", Samples.Chat, Samples.Server, Samples.Client);
        var first = Outputs(project);
        var second = Outputs(project);
        Assert.Equal(first.Keys, second.Keys);
        foreach (var (step, models) in first)
        {
            Assert.NotEmpty(models);
            Assert.Equal(models, second[step]);
            Assert.Equal(models.Select(m => m.GetHashCode()), second[step].Select(m => m.GetHashCode()));
        }
    }

    private static SortedDictionary<string, List<object>> Outputs(Project project)
    {
        var steps = project.Generate().Result.Results.Single().TrackedSteps;
        return new(typeof(TrackingNames).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToDictionary(
            name => name,
            name => steps[name].SelectMany(step => step.Outputs).Select(output => output.Value).ToList()));
    }

    private static void Walk(Type type, string path, HashSet<Type> seen)
    {
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || !seen.Add(type))
            return;
        Assert.True(type.Assembly != typeof(Compilation).Assembly && type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) != true, path);
        Assert.True(type.GetInterfaces().Any(i => i == typeof(IEquatable<>).MakeGenericType(type)), $"{path}: {type} is not equatable");
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            var content = field.FieldType.IsArray && type.Name.StartsWith("EquatableArray", StringComparison.Ordinal) ? field.FieldType.GetElementType()! : field.FieldType;
            content = Nullable.GetUnderlyingType(content) ?? content;
            Assert.False(content.IsArray || (content != typeof(string) && !content.IsValueType && typeof(IEnumerable).IsAssignableFrom(content)), $"{path}.{field.Name} compares by reference");
            Walk(content, $"{path}.{field.Name}", seen);
        }
    }
}
