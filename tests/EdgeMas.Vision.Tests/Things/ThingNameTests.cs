using CsCheck;
using EdgeMas.Vision.Things;

namespace EdgeMas.Vision.Tests.Things;

public sealed class ThingNameTests
{
    [Theory]
    [InlineData("the red ball", "red ball")]
    [InlineData("Red Balls!", "red ball")]
    [InlineData("a blue cube", "blue box")]
    [InlineData("boxes", "box")]
    [InlineData("tag number three", "tag 3")]
    [InlineData("April Tag 12", "tag 12")]
    [InlineData("tag one", "tag 1")]
    [InlineData("AprilTags", "tag")]
    [InlineData("people", "person")]
    [InlineData("buses", "bus")]
    [InlineData("benches", "bench")]
    [InlineData("wine glasses", "wine glass")]
    [InlineData("one of the yellow balls", "yellow ball")]
    public void Names_come_to_the_form_that_labels_have(string said, string expected) => Assert.Equal(expected, ThingName.Parse(said)!.ToString());

    [Theory]
    [InlineData("ball", "red ball", true)]
    [InlineData("ball", "sports ball", true)]
    [InlineData("red ball", "blue ball", false)]
    [InlineData("red thing", "red box", true)]
    [InlineData("tag", "tag 3", true)]
    [InlineData("tag 3", "tag 30", false)]
    [InlineData("scissors", "scissors", true)]
    public void A_name_fits_labels_that_say_at_least_as_much(string name, string label, bool expected) =>
        Assert.Equal(expected, ThingName.Parse(name)!.Fits(label));

    [Theory]
    [InlineData("")]
    [InlineData("  \t")]
    [InlineData("the")]
    [InlineData("?!")]
    public void Text_that_names_nothing_is_no_name(string said) => Assert.Null(ThingName.Parse(said));

    [Fact]
    public void Very_long_text_is_no_name() => Assert.Null(ThingName.Parse(new string('x', 65)));

    [Fact]
    public void Whatever_text_comes_in_only_lower_case_letters_and_digits_come_out() => Gen.String[0, 80].Sample(
        text => ThingName.Parse(text) is not { } name || name.Words.All(word => word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) && letter == char.ToLowerInvariant(letter))));
}
