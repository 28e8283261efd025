namespace EdgeMas.Core.Skills;

/// <summary>What a skill's argument stands for; a view on its JSON Schema.</summary>
public enum ParameterKind
{
    Number,
    Integer,
    Boolean,

    /// <summary>One of the schema's listed values.</summary>
    Choice,

    /// <summary>A place that the robot knows (<c>x-kind: place</c>).</summary>
    Place,

    /// <summary>Several places (<c>x-kind: places</c>, an array).</summary>
    Places,

    /// <summary>A thing named in the order, singular, without article (<c>x-kind: thing</c>).</summary>
    Thing,

    /// <summary>Words taken over from the order (<c>x-kind: text</c>, and any other string).</summary>
    Text,

    /// <summary>A schema that the kinds above do not describe.</summary>
    Other,
}
