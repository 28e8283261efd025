using System.Text;
using CsCheck;
using EdgeMas.Core.Outputs;
using EdgeMas.Grammar;
using EdgeMas.Reasoning.Constraints;
using EdgeMas.Reasoning.Orders;
using EdgeMas.Reasoning.Tests.Corpus;

namespace EdgeMas.Reasoning.Tests.Constraints;

/// <summary>Plans in GBNF, as they were, and as a language: the same texts.</summary>
public sealed class SameLanguageTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Random_skills_and_orders_have_the_same_plans_in_both(bool grounded)
    {
        var all = 0;
        var allowed = 0;
        Gen.Select(PlanLanguageTests.Cases, Gen.Int).Sample(
            (test, seed) =>
            {
                var order = OrderText.TryRead(test.Order, out _)!;
                var (yes, asked) = Compare(test.Skills, test.Places, order, grounded, new Random(seed), plans: 12);
                Interlocked.Add(ref allowed, yes);
                Interlocked.Add(ref all, asked);
            },
            iter: 300, threads: 1);
        TestContext.Current.TestOutputHelper!.WriteLine($"{all} texts, {allowed} of them plans");
        Assert.InRange(allowed, all / 3, all - all / 20);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Skills_and_orders_of_the_corpus_have_the_same_plans_in_both(bool grounded)
    {
        foreach (var robot in PlanCorpus.Development())
        {
            foreach (var (text, _) in robot.Orders.Where((_, i) => i % 9 == 0))
                Compare(robot.Skills, robot.Places, OrderText.TryRead(text, out var refusal) ?? throw new FormatException(refusal), grounded, new Random(text.Length), plans: 4);
        }
    }

    private static (int Allowed, int All) Compare(IReadOnlyList<Core.Skills.SkillDescriptor> skills, IReadOnlyList<string> places, OrderText order, bool grounded, Random random, int plans)
    {
        var language = PlanLanguage.Of(skills, places, order, grounded, maxSteps: 3);
        var compiled = CompiledGrammar.FromLanguage(language);
        var gbnf = new GbnfMatcher(PlanGrammar.Write(skills, places, order, grounded, maxSteps: 3));
        var (allowed, all) = (0, 0);
        for (var i = 0; i < plans; i++)
        {
            var own = new StringBuilder();
            Write(language, own, random);
            var other = gbnf.Sample(random);
            Assert.True(gbnf.Matches(own.ToString()), own.ToString());
            Assert.True(compiled.Accepts(other), other);
            foreach (var changed in (string[])[Change(own.ToString(), random), Change(other, random)])
            {
                var verdict = gbnf.Matches(changed);
                Assert.True(verdict == compiled.Accepts(changed), $"{verdict}: {changed}");
                allowed += verdict ? 1 : 0;
            }
            allowed += 2;
            all += 4;
        }
        return (allowed, all);
    }

    private static void Write(OutputLanguage part, StringBuilder text, Random random)
    {
        switch (part)
        {
            case OutputText one: text.Append(one.Value); break;
            case OutputChoice choice: Write(choice.Ways[random.Next(choice.Ways.Count)], text, random); break;
            case OutputSequence sequence:
                foreach (var one in sequence.Parts)
                    Write(one, text, random);
                break;
            case OutputRepeat repeat:
                for (var i = random.Next(repeat.Least, repeat.Most + 1); i > 0; i--)
                    Write(repeat.Part, text, random);
                break;
        }
    }

    /// <summary>Something left out, doubled, or written elsewhere.</summary>
    private static string Change(string text, Random random)
    {
        var (from, length, to) = (random.Next(text.Length), random.Next(1, 12), random.Next(text.Length));
        var piece = text.Substring(from, Math.Min(length, text.Length - from));
        return random.Next(3) switch
        {
            0 => text.Remove(from, piece.Length),
            1 => text.Insert(from, piece),
            _ => text.Insert(to, piece),
        };
    }
}
