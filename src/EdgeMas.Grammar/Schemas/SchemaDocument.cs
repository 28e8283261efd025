using System.Text.Json;

namespace EdgeMas.Grammar.Schemas;

/// <summary>A schema with all that is inside it: finds what a reference means.</summary>
internal sealed class SchemaDocument
{
    /// <summary>Depth of nesting that is read.</summary>
    internal const int MaxDepth = 256;

    private static readonly Uri Unnamed = new("schema:///");

    private readonly JsonElement _root;
    private readonly List<Subschema> _all = [];
    private readonly Dictionary<string, Subschema> _byPointer = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal); // resource or anchor → pointer
    private readonly Dictionary<string, Uri> _bases = new(StringComparer.Ordinal); // pointers of resources

    internal SchemaDocument(JsonElement root)
    {
        _root = root;
        Legacy = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("$schema", out var dialect) && dialect.ValueKind == JsonValueKind.String && IsLegacy(dialect.GetString()!);
        _byName[Unnamed.ToString()] = "";
        _bases[""] = Unnamed;
        RequireKnownDialect(root);
        Register(root, "", Unnamed);
        Root = At("");
    }

    internal Subschema Root { get; }

    /// <summary>It says that it is of draft 7 or older.</summary>
    internal bool Legacy { get; }

    internal Subschema this[int id] => _all[id];

    /// <summary>The schema below another.</summary>
    /// <param name="path">Keyword, and index or name inside it.</param>
    internal Subschema Child(Subschema parent, JsonElement element, params ReadOnlySpan<string> path)
    {
        var pointer = parent.Pointer;
        foreach (var part in path)
            pointer += "/" + Escape(part);
        return _byPointer.TryGetValue(pointer, out var known) ? known : Add(element, pointer, _bases.GetValueOrDefault(pointer, parent.Base));
    }

    /// <summary>A schema that the document does not have, standing for one that it has.</summary>
    internal Subschema Invent(Subschema origin, JsonElement element) => Add(element, origin.Pointer, origin.Base, register: false);

    /// <exception cref="SchemaException">Nothing of that name is in the document.</exception>
    internal Subschema Resolve(Subschema from, string keyword, string reference)
    {
        var mark = reference.IndexOf('#', StringComparison.Ordinal);
        var fragment = mark < 0 ? "" : Uri.UnescapeDataString(reference[(mark + 1)..]);
        if (!Uri.TryCreate(from.Base, mark < 0 ? reference : reference[..mark], out var target))
            throw from.Refuse(keyword, $"'{reference}' is no reference");
        var resource = mark == 0 ? from.Base.ToString() : target.ToString();
        if (!_byName.TryGetValue(resource, out var pointer))
            throw from.Refuse(keyword, $"'{reference}' is not in this document; only references inside it are followed");
        if (fragment.Length > 0 && fragment[0] != '/')
            return _byName.TryGetValue($"{resource}#{fragment}", out var anchored) ? At(anchored) : throw from.Refuse(keyword, $"no schema has the anchor of '{reference}'");
        return TryAt(pointer, fragment) ?? throw from.Refuse(keyword, $"nothing is at '{reference}'");
    }

    /// <summary>A dialect of somebody's own may mean something else by the same keywords.</summary>
    private static void RequireKnownDialect(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("$schema", out var dialect))
            return;
        if (dialect.ValueKind != JsonValueKind.String || !dialect.GetString()!.Contains("json-schema.org/", StringComparison.Ordinal))
            throw new SchemaException("", "$schema", $"the dialect {dialect.GetRawText()} is not known");
    }

    private static bool IsLegacy(string dialect) => dialect.Contains("draft-0", StringComparison.Ordinal) || dialect is "http://json-schema.org/schema#" or "http://json-schema.org/schema";

    private static string Escape(string part) => part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private Subschema Add(JsonElement element, string pointer, Uri @base, bool register = true)
    {
        var schema = new Subschema(_all.Count, element, pointer, @base);
        _all.Add(schema);
        if (register)
            _byPointer[pointer] = schema;
        return schema;
    }

    private Subschema At(string pointer) => TryAt("", pointer) ?? throw new InvalidOperationException($"nothing is at '{pointer}'");

    /// <summary>Follows a pointer from a resource on; the base of what it finds is that of the innermost resource passed.</summary>
    private Subschema? TryAt(string resource, string pointer)
    {
        var whole = resource + pointer;
        if (_byPointer.TryGetValue(whole, out var known))
            return known;
        var element = _root;
        var at = "";
        var @base = _bases[""];
        foreach (var part in whole.Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var property))
                element = property;
            else if (element.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index) && index >= 0 && index < element.GetArrayLength())
                element = element[index];
            else
                return null;
            at += "/" + Escape(name);
            @base = _bases.GetValueOrDefault(at, @base);
        }
        return _byPointer.TryGetValue(at, out known) ? known : Add(element, at, @base);
    }

    /// <summary>Notes names of resources and anchors in every place where a schema can stand.</summary>
    private void Register(JsonElement schema, string pointer, Uri @base)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return;
        if ((schema.TryGetProperty("$id", out var id) || (Legacy && schema.TryGetProperty("id", out id))) && id.ValueKind == JsonValueKind.String && Uri.TryCreate(@base, id.GetString(), out var named))
        {
            var isAnchor = named.Fragment.Length > 1;
            if (isAnchor)
                _byName.TryAdd(named.ToString(), pointer);
            if (!isAnchor || !id.GetString()!.StartsWith('#'))
            {
                @base = named.Fragment.Length == 0 ? named : new Uri(named.ToString()[..^named.Fragment.Length]);
                _byName.TryAdd(@base.ToString(), pointer);
                _bases[pointer] = @base;
            }
        }
        foreach (var keyword in (ReadOnlySpan<string>)["$anchor", "$dynamicAnchor"])
        {
            if (schema.TryGetProperty(keyword, out var anchor) && anchor.ValueKind == JsonValueKind.String)
                _byName.TryAdd($"{@base}#{anchor.GetString()}", pointer);
        }
        foreach (var property in schema.EnumerateObject())
        {
            switch (SchemaKeywords.ShapeOf(property.Name))
            {
                case SchemaShape.One when property.Value.ValueKind == JsonValueKind.Array:
                case SchemaShape.Several when property.Value.ValueKind == JsonValueKind.Array:
                    var index = 0;
                    foreach (var item in property.Value.EnumerateArray())
                        Register(item, $"{pointer}/{property.Name}/{index++}", @base);
                    break;
                case SchemaShape.One:
                    Register(property.Value, $"{pointer}/{property.Name}", @base);
                    break;
                case SchemaShape.Named when property.Value.ValueKind == JsonValueKind.Object:
                    foreach (var item in property.Value.EnumerateObject())
                        Register(item.Value, $"{pointer}/{property.Name}/{Escape(item.Name)}", @base);
                    break;
            }
        }
    }
}
