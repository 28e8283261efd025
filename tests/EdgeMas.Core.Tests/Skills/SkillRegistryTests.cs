using EdgeMas.Core.Skills;

namespace EdgeMas.Core.Tests.Skills;

public sealed class SkillRegistryTests
{
    private readonly SkillRegistry _registry = new();

    [Fact]
    public void Skills_stand_in_order_of_name_with_everyone_who_offers_them()
    {
        _registry.Add("motor", [Named("turn"), Named("drive")]);
        _registry.Add("arm", [Named("grip"), Named("turn")]);

        Assert.Equal(["drive", "grip", "turn"], _registry.Skills.Select(skill => skill.Name));
        Assert.Equal(["motor", "arm"], _registry.ProvidersOf("turn"));
        Assert.Empty(_registry.ProvidersOf("fly"));
        Assert.Null(_registry.Find("fly"));
    }

    [Fact]
    public void Skills_of_an_agent_go_when_it_goes()
    {
        _registry.Add("motor", [Named("turn"), Named("drive")]);
        _registry.Add("arm", [Named("turn")]);

        _registry.Remove("motor");

        Assert.Equal(["turn"], _registry.Skills.Select(skill => skill.Name));
        Assert.Equal(["arm"], _registry.ProvidersOf("turn"));
        Assert.Null(_registry.Find("drive"));
    }

    [Fact]
    public void The_first_description_stands_as_long_as_anybody_offers_the_skill()
    {
        var (first, second) = (Named("turn"), Named("turn"));
        _registry.Add("one", [first]);
        _registry.Add("two", [second]);
        Assert.Same(first, _registry.Find("turn"));

        _registry.Remove("one");
        _registry.Remove("two");
        _registry.Add("two", [second]);

        Assert.Same(second, _registry.Find("turn"));
    }

    [Fact]
    public void Adding_twice_lists_an_agent_once()
    {
        _registry.Add("motor", [Named("turn")]);
        _registry.Add("motor", [Named("turn")]);

        Assert.Equal(["motor"], _registry.ProvidersOf("turn"));
    }

    [Fact]
    public void Agents_that_come_and_go_at_once_lose_nothing_of_each_other()
    {
        Parallel.For(0, 16, agent =>
        {
            for (var round = 0; round < 100; round++)
            {
                _registry.Add($"agent{agent}", [Named("shared"), Named($"own{agent}")]);
                Assert.Contains($"agent{agent}", _registry.ProvidersOf("shared"));
                Assert.Equal([$"agent{agent}"], _registry.ProvidersOf($"own{agent}"));
                if (agent % 2 == 0)
                    _registry.Remove($"agent{agent}");
            }
        });

        Assert.Equal(8, _registry.ProvidersOf("shared").Count);
        Assert.Equal(9, _registry.Skills.Count);
    }

    [Fact]
    public void Places_are_replaced_whole()
    {
        _registry.SetPlaces(["dock", "gate"]);
        var before = _registry.Places;
        _registry.SetPlaces(["kitchen"]);

        Assert.Equal(["dock", "gate"], before);
        Assert.Equal(["kitchen"], _registry.Places);
    }

    private static SkillDescriptor Named(string name) => new(name, "", new SkillSchema().Build());
}
