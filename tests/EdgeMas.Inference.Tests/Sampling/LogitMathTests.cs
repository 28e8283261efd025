using CsCheck;
using EdgeMas.Inference.Sampling;

namespace EdgeMas.Inference.Tests.Sampling;

public sealed class LogitMathTests
{
    private static readonly Gen<float[]> Rows = Gen.Float[-50, 50].Array[1, 100];

    [Fact]
    public void The_maximum_is_that_of_a_plain_loop() => Rows.Sample(row => LogitMath.Max(row) == row.Max());

    [Fact]
    public void The_sum_of_exponentials_is_that_of_a_plain_loop() =>
        Rows.Sample(row => Math.Abs(LogitMath.LogSumExp(row, LogitMath.Max(row)) - Math.Log(row.Sum(logit => Math.Exp(logit)))) < 1e-4);

    [Fact]
    public void A_mask_leaves_exactly_what_its_bits_allow() => Gen.Select(Rows, Gen.OneOf(Gen.UInt, Gen.Const(0u), Gen.Const(uint.MaxValue)).Array[4]).Sample((row, mask) =>
    {
        float[] expected = [.. row.Select((logit, i) => (mask[i / 32] >> (i % 32) & 1) == 1 ? logit : float.NegativeInfinity)];

        LogitMath.Keep(row, mask);

        return row.AsSpan().SequenceEqual(expected);
    });
}
