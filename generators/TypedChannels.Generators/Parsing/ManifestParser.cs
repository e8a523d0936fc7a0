using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Describes a channel's record and all that it contains, from the symbols and from what is known of its JSON.</summary>
internal sealed class ManifestParser
{
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellation;
    private readonly JsonSettings _settings;
    private readonly Dictionary<string, JsonTypeModel> _models;
    private readonly List<ManifestType> _types = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(INamedTypeSymbol Type, JsonTypeModel Model)> _objects = new();

    private ManifestParser(JsonGraph graph, Compilation compilation, CancellationToken cancellation)
    {
        _compilation = compilation;
        _cancellation = cancellation;
        _settings = graph.Settings;
        _models = graph.Types.GroupBy(type => type.FullName, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
    }

    public static ManifestRecord Parse(
        INamedTypeSymbol record, JsonGraph graph, Compilation compilation, CancellationToken cancellation)
    {
        var parser = new ManifestParser(graph, compilation, cancellation);
        var message = parser.Use(record);
        while (parser._objects.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var (type, model) = parser._objects.Dequeue();
            parser._types.Add(parser.Describe(type, model));
        }
        return new(message, new(parser._types));
    }

    /// <summary>The type as it stands somewhere; what it is made of comes into the manifest.</summary>
    public ManifestTypeUse Use(ITypeSymbol type)
    {
        var shape = JsonTypeRules.ShapeOf(type, _compilation, _settings);
        return shape.Kind switch
        {
            JsonTypeKind.Value => new(ManifestForm.Scalar, ManifestNames.OfScalar(shape.Converter!)),
            JsonTypeKind.StringEnum or JsonTypeKind.NumberEnum => UseEnum((INamedTypeSymbol)type, shape.Kind == JsonTypeKind.StringEnum),
            JsonTypeKind.Nullable => new(ManifestForm.Nullable, "", Use(shape.Element!)),
            JsonTypeKind.Converted => UseConverted(JsonConverters.AttributeOf(type)!, type),
            JsonTypeKind.Object => UseObject((INamedTypeSymbol)type),
            JsonTypeKind.UserContext or JsonTypeKind.Unsupported => ManifestTypeUse.Unknown,
            // A collection that is polymorphic is an object in one case and an array in another.
            _ when JsonPolymorphism.HasDerivedTypes(type) => ManifestTypeUse.Unknown,
            // What it says of its numbers is said nowhere else.
            _ when JsonAttributes.Has(type, "JsonNumberHandlingAttribute") => ManifestTypeUse.Unknown,
            _ when KeyOf(type, shape) is { } key => new(ManifestForm.Map, "", UseElement(shape.Element!), Use(key)),
            _ => new(ManifestForm.Array, "", UseElement(shape.Element!)),
        };
    }

    /// <summary>The type where a converter of its own is named; of those, System.Text.Json's for enums are known.</summary>
    public ManifestTypeUse UseConverted(AttributeData converter, ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } named
            && converter.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol { Arity: <= 1 } known)
        {
            if (JsonAttributes.IsOwn(known, "JsonStringEnumConverter"))
                return UseEnum(named, asNames: true);
            if (JsonAttributes.IsOwn(known, "JsonNumberEnumConverter"))
                return UseEnum(named, asNames: false);
        }
        return ManifestTypeUse.Unknown;
    }

    /// <summary>System.Text.Json lets null be an element of anything; what counts here is what the declaration says.</summary>
    private ManifestTypeUse UseElement(ITypeSymbol type)
    {
        var use = Use(type);
        return type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated
            ? new(ManifestForm.Nullable, "", use)
            : use;
    }

    private static ITypeSymbol? KeyOf(ITypeSymbol type, JsonShape shape) =>
        shape.Key ?? (shape.Kind == JsonTypeKind.Dictionary ? ((INamedTypeSymbol)type).TypeArguments[0] : null);

    private ManifestTypeUse UseObject(INamedTypeSymbol type)
    {
        if (!_models.TryGetValue(JsonTypeNames.FullName(type), out var model) || model.Object is null)
            return ManifestTypeUse.Unknown;
        var id = ManifestNames.IdOf(type);
        if (_seen.Add(id))
            _objects.Enqueue((type, model));
        return new(ManifestForm.Named, id);
    }

    private ManifestTypeUse UseEnum(INamedTypeSymbol type, bool asNames)
    {
        // The other form than the contract's usual one is another type.
        var id = ManifestNames.IdOf(type) + (asNames == _settings.StringEnums ? "" : asNames ? ":names" : ":numbers");
        if (_seen.Add(id))
        {
            var isFlags = type.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == "System.FlagsAttribute");
            var name = ManifestNames.NameOf(type) + (id.EndsWith(":numbers", StringComparison.Ordinal) ? "Number" : "");
            var fields = type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue);
            _types.Add(new(id, name, DocComments.Of(type, _cancellation))
            {
                Enum = !asNames ? "numbers" : isFlags ? "flags" : "names",
                Underlying = asNames ? null : ManifestNames.OfScalar(type.EnumUnderlyingType!.Name + "Converter"),
                Values = new(fields.Select(field => new ManifestValue(
                    (asNames ? JsonAttributes.Argument<string>(field, "JsonStringEnumMemberNameAttribute") : null) ?? field.Name,
                    Convert.ToString(field.ConstantValue, CultureInfo.InvariantCulture),
                    DocComments.Of(field, _cancellation)))),
            });
        }
        return new(ManifestForm.Named, id);
    }

    private ManifestType Describe(INamedTypeSymbol type, JsonTypeModel model)
    {
        var derived = JsonPolymorphism.HasDerivedTypes(type)
            ? type.GetAttributes().Where(a => JsonAttributes.Is(a, "JsonDerivedTypeAttribute")).Select(Derived).ToList()
            : [];
        var fallsBack = JsonAttributes.Find(type, "JsonPolymorphicAttribute")?.Property("UnknownDerivedTypeHandling")?.Value is > 0;
        return new(ManifestNames.IdOf(type), ManifestNames.NameOf(type), DocComments.Of(type, _cancellation))
        {
            Members = new(ManifestMembers.Of(type, model, this, _cancellation)),
            IsOpen = model.Object!.Properties.Any(p => p is { IsExtensionData: true, Ignore: not JsonIgnoreKind.Always }),
            IsClosed = model.Object.UnmappedMembers == 1,
            Discriminator = derived.Count > 0 ? JsonPolymorphism.Discriminator(type) : null,
            Derived = new(derived),
            IsPlain = model.Object.IsCreatable || fallsBack,
        };
    }

    private ManifestDerivedType Derived(AttributeData attribute)
    {
        var type = Use((ITypeSymbol)attribute.ConstructorArguments[0].Value!);
        var discriminator = attribute.ConstructorArguments.Skip(1).FirstOrDefault().Value;
        var text = discriminator is null ? null : Convert.ToString(discriminator, CultureInfo.InvariantCulture);
        return new(type, text, discriminator is string);
    }
}
