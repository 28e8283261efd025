using System.Text.Json;
using EdgeMas.Core.Skills;

namespace EdgeMas.Core.Tests.Skills;

public sealed class SkillSchemaTests
{
    [Fact]
    public void What_the_builder_writes_the_reader_understands()
    {
        var schema = new SkillSchema()
            .Number("angle_deg", "deg", -720, 720, "left positive", new Dictionary<string, double> { ["left"] = 90, ["right"] = -90 })
            .Place("place")
            .Thing("object")
            .Text("text")
            .Choice("state", ["on", "off"])
            .Build();

        var parameters = new SkillDescriptor("all", "", schema).Parameters;

        Assert.Equal(["angle_deg", "place", "object", "text", "state"], parameters.Select(parameter => parameter.Name));
        Assert.Equal(
            [ParameterKind.Number, ParameterKind.Place, ParameterKind.Thing, ParameterKind.Text, ParameterKind.Choice], parameters.Select(parameter => parameter.Kind));
        Assert.All(parameters, parameter => Assert.True(parameter.Required));
        Assert.Equal(("deg", -720, 720, "left positive"), (parameters[0].Unit, parameters[0].Minimum, parameters[0].Maximum, parameters[0].Description));
        Assert.Equal(90, parameters[0].NamedValues["LEFT"]);
        Assert.Equal(["on", "off"], parameters[4].Choices);
    }

    [Fact]
    public void The_schema_is_plain_json_schema() => Assert.Equal(
        """{"type":"object","properties":{"seconds":{"type":"number","minimum":0,"maximum":60,"x-unit":"s"}},"required":["seconds"],"additionalProperties":false}""",
        new SkillSchema().Number("seconds", "s", 0, 60).Build().GetRawText());

    [Theory]
    [InlineData("""[]""", "/parameters:")]
    [InlineData("""{"type":"array"}""", "/parameters/type")]
    [InlineData("""{"properties":[]}""", "/parameters/properties")]
    [InlineData("""{"properties":{"a b":{}}}""", "name")]
    [InlineData("""{"properties":{"a":true}}""", "/parameters/properties/a")]
    [InlineData("""{"properties":{"a":{}},"required":"a"}""", "/parameters/required")]
    [InlineData("""{"properties":{"a":{"enum":[]}}}""", "/parameters/properties/a/enum")]
    [InlineData("""{"properties":{"a":{"x-kind":"person"}}}""", "'person' is none of place, places, thing, text")]
    [InlineData("""{"properties":{"a":{"type":"number","minimum":"0"}}}""", "/parameters/properties/a/minimum")]
    [InlineData("""{"properties":{"a":{"type":"number","minimum":2,"maximum":1}}}""", "at least 2 and at most 1")]
    [InlineData("""{"properties":{"a":{"x-named-values":{"left":"90"}}}}""", "/parameters/properties/a/x-named-values")]
    [InlineData("""{"properties":{"a":{"x-named-values":{"left":90,"Left":91}}}}""", "twice")]
    public void A_schema_that_cannot_be_used_is_refused_with_its_place(string schema, string place)
    {
        var error = Assert.Throws<SkillSchemaException>(() => new SkillDescriptor("bad", "", JsonDocument.Parse(schema).RootElement));

        Assert.Equal("bad", error.Skill);
        Assert.Contains(place, error.Message);
    }

    [Fact]
    public void Too_many_arguments_are_refused()
    {
        var schema = new SkillSchema();
        for (var i = 0; i <= SkillSchema.MaxParameters; i++)
            schema.Text($"a{i}");

        Assert.Contains("more than 32", Assert.Throws<SkillSchemaException>(() => new SkillDescriptor("many", "", schema.Build())).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("9lives")]
    [InlineData("two words")]
    [InlineData("naïve")]
    [InlineData("this_name_is_longer_than_the_sixty_four_characters_that_are_allowed_")]
    public void A_name_that_models_cannot_write_is_refused(string name) => Assert.Throws<SkillSchemaException>(() => SkillSchema.CheckName(name));

    [Theory]
    [InlineData("drive")]
    [InlineData("_look.for-2")]
    public void A_name_of_letters_digits_and_a_few_signs_passes(string name) => Assert.Equal(name, SkillSchema.CheckName(name));
}
