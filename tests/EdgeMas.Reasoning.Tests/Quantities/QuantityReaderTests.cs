using System.Globalization;
using CsCheck;
using EdgeMas.Reasoning.Quantities;

namespace EdgeMas.Reasoning.Tests.Quantities;

public sealed class QuantityReaderTests
{
    [Theory]
    [InlineData("go forward ten meters", "10 m")]
    [InlineData("Drive 2.5 m.", "2.5 m")]
    [InlineData("crawl in four and a half meters", "4.5 m")]
    [InlineData("back off a meter and a half", "1.5 m")]
    [InlineData("half a metre on", "0.5 m")]
    [InlineData("a quarter of a meter", "0.25 m")]
    [InlineData("three quarters of an hour", "0.75 h")]
    [InlineData("an hour and a half", "1.5 h")]
    [InlineData("come back 60cm", "60 cm")]
    [InlineData("two hundred centimeters forward", "200 cm")]
    [InlineData("a couple of meters", "2 m")]
    [InlineData("annoy the crows for a full minute", "1 min")]
    [InlineData("a few seconds", "3 s")]
    [InlineData("advance six feet", "6 [ft_i]")]
    [InlineData("go up one foot and left eight inches", "1 [ft_i]", "8 [in_i]")]
    [InlineData("five feet six inches", "5 [ft_i]", "6 [in_i]", "66 [in_i]")]
    [InlineData("one minute and thirty seconds", "1 min", "30 s", "90 s")]
    [InlineData("1,200 lumens", "1200")]
    [InlineData("twelve hundred and fifty lumens", "1250")]
    [InlineData("a hundred and five degrees", "105 deg")]
    [InlineData("turn one eighty", "180")]
    [InlineData("dome to two seven zero degrees", "270 deg")]
    [InlineData("ten sixty peak", "1060")]
    [InlineData("slow to point two meters per second", "0.2 m/s")]
    [InlineData("keep it under 0.3 m/s", "0.3 m/s")]
    [InlineData("two centimeters a second", "2 cm/s")]
    [InlineData("four km/h", "4 km/h")]
    [InlineData("fifty percent", "50 %")]
    [InlineData("20 per cent", "20 %")]
    [InlineData("a quarter turn left", "0.25 circ")]
    [InlineData("one eighth of a turn", "0.125 circ")]
    [InlineData("two full turns", "2 circ")]
    [InlineData("take a turn to the left")]
    [InlineData("fire up to 1240 celsius", "1240 Cel")]
    [InlineData("80 degrees fahrenheit", "80 [degF]")]
    [InlineData("wipe three times, then twice", "3", "2 1")]
    [InlineData("forty-five degrees", "45 deg")]
    [InlineData("1/2 meter", "0.5 m")]
    [InlineData("½ m", "0.5 m")]
    [InlineData("do w1 and bay b12")]
    [InlineData("wait in the kitchen")]
    [InlineData("10 in the kitchen", "10")]
    [InlineData("ten feet", "10 [ft_i]")]
    [InlineData("a minute and a half", "1.5 min")]
    [InlineData("one hundred and twenty centimeters", "120 cm")]
    [InlineData("one hundred twenty centimetres", "120 cm")]
    [InlineData("a couple", "2")]
    [InlineData("a couple meters", "2 m")]
    [InlineData("a couple hundred meters", "200 m")]
    [InlineData("couple of feet", "2 [ft_i]")]
    [InlineData("half a dozen times", "6")]
    [InlineData("hundred meters", "100 m")]
    [InlineData("two thousand five hundred lumens", "2500")]
    [InlineData("one thousand two hundred and fifty", "1250")]
    [InlineData("two and a quarter meters", "2.25 m")]
    [InlineData("two and three quarter meters", "2.75 m")]
    [InlineData("2 1/2 meters", "2.5 m")]
    [InlineData("2½ meters", "2.5 m")]
    [InlineData("to bay 3 0.5 meters on", "3", "0.5 m")]
    [InlineData("half an hour", "0.5 h")]
    [InlineData("a half hour", "0.5 h")]
    [InlineData("half-meter steps", "0.5 m")]
    [InlineData("a ten-foot pole", "10 [ft_i]")]
    [InlineData("two-and-a-half meters", "2.5 m")]
    [InlineData("one point five meters", "1.5 m")]
    [InlineData("zero point zero five m/s", "0.05 m/s")]
    [InlineData("one point two five", "1.25")]
    [InlineData("oh point five", "0.5")]
    [InlineData("minus five degrees", "5 deg")]
    [InlineData("thirty degrees per second", "30 deg/s")]
    [InlineData("30°", "30 deg")]
    [InlineData("three meters an hour", "3 m/h")]
    [InlineData("fourty meters", "40 m")]
    [InlineData("a meter or two", "1 m", "2")]
    [InlineData("two or three meters", "2", "3 m")]
    [InlineData("2 to 3 meters", "2", "3 m")]
    [InlineData("to go for to minutes", "2 min")]
    [InlineData("go to meters", "2 m")]
    [InlineData("drive for feet and turn right", "4 [ft_i]")]
    [InlineData("go too meters and a half", "2.5 m")]
    [InlineData("wait for minutes")]
    [InlineData("keep on for hours")]
    [InlineData("come to me")]
    [InlineData("three quarters of a metre", "0.75 m")]
    [InlineData("1.5m ahead", "1.5 m")]
    [InlineData("1,5 m ahead", "1.5 m")]
    [InlineData("0,25m", "0.25 m")]
    [InlineData("bays 1,5 and 7", "1", "5", "7")]
    [InlineData("1/10 m", "0.1 m")]
    [InlineData("3/16 inch", "0.1875 [in_i]")]
    [InlineData("half a turn", "0.5 circ")]
    [InlineData("a turn and a half", "1.5 circ")]
    [InlineData("one full turn and a quarter", "1.25 circ")]
    [InlineData("one and a half turns", "1.5 circ")]
    [InlineData("two and a half metres", "2.5 m")]
    [InlineData("ten to twelve meters", "10", "12 m")]
    [InlineData("-3 m", "3 m")]
    [InlineData("5 km/h", "5 km/h")]
    [InlineData("five kilometers an hour", "5 km/h")]
    [InlineData("the 2nd gate on the 1st floor")]
    [InlineData("half of the way", "50 %")]
    [InlineData("a quarter of the boxes", "25 %")]
    [InlineData("drive at half speed", "50 %")]
    [InlineData("two hundred thousand five hundred steps", "200500")]
    [InlineData("three hundred thousand", "300000")]
    [InlineData("one hundred and five thousand", "105000")]
    [InlineData("")]
    [InlineData("point")]
    [InlineData("a and half of", "0.5")]
    [InlineData("99999999999999999999999999 meters", "999999999999999 m")]
    public void Numbers_are_read_with_their_units(string text, params string[] expected) =>
        Assert.Equal(expected, QuantityReader.Read(text).Select(Write));

    [Fact]
    public void Any_row_of_number_words_is_read_without_an_exception()
    {
        string[] pieces =
            ["a", "an", "and", "half", "point", "two", "hundred", "of", "turn", "meter", "per", "second", "1/2", "1,", ".5", "/", "%", "couple", "3", "°c", ",", "½", "1/0", "1."];

        Gen.Int[0, pieces.Length - 1].Array[0, 12].Sample(
            picked =>
            {
                foreach (var quantity in QuantityReader.Read(string.Join(' ', picked.Select(i => pieces[i]))))
                    Assert.True(double.IsFinite(quantity.Value) && quantity.Words.Length > 0);
            },
            iter: 3_000, threads: 1);
    }

    private static string Write(Quantity quantity) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Round(quantity.Value, 4):0.####} {quantity.Unit?.Symbol}").TrimEnd();
}
