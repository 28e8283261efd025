using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Hil.Suites;

namespace EdgeMas.Host.Hil;

/// <summary>All suites, by name.</summary>
internal static class HilSuites
{
    /// <summary>New ones at each call: a suite keeps the state of its run.</summary>
    public static IReadOnlyList<HilSuite> All => [new GpioSuite(), new PwmSuite(), new Pca9685Suite(), new MotorSuite(), new EncoderSuite(), new RangeFinderSuite(), new Mpu6050Suite(), new Ina219Suite(), new Vl53l0xSuite(), new SpiSuite(), new CanSuite(), new SerialSuite(), new CameraSuite(), new SoundSuite(), new WatchdogSuite(), new HealthSuite(), new RoverSuite(), new ArmSuite(), new QuadrotorSuite(), new CoreSuite(), new ArmCoreSuite(), new QuadrotorCoreSuite(), new OrderSuite()];

    /// <param name="names">Names, or paths of YAML files.</param>
    /// <exception cref="UsageException">A name that no suite has.</exception>
    /// <exception cref="ConfigurationException">A file that cannot be used.</exception>
    public static IReadOnlyList<HilSuite> Find(IReadOnlyList<string> names)
    {
        var all = All;
        return [.. names.Select(name => name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) ? YamlSuiteReader.Read(name) : all.FirstOrDefault(suite => suite.Name == name)
            ?? throw new UsageException($"edgemas: there is no suite '{name}'{Section.DidYouMean(name, all.Select(suite => suite.Name))}; there are {string.Join(", ", all.Select(suite => suite.Name))}"))];
    }

    /// <summary>Deals suites to boards so that all have about as long to do. Each board has some, in the order given.</summary>
    /// <param name="boards">At least 1; more than suites are not used.</param>
    public static IReadOnlyList<IReadOnlyList<HilSuite>> Deal(IReadOnlyList<HilSuite> suites, int boards)
    {
        var hands = Enumerable.Range(0, Math.Min(boards, suites.Count)).Select(static _ => new List<HilSuite>()).ToArray();
        foreach (var suite in suites.OrderByDescending(static suite => suite.UsualSeconds))
            hands.MinBy(static hand => hand.Sum(static suite => suite.UsualSeconds))!.Add(suite);
        return [.. hands.Select(hand => suites.Where(hand.Contains).ToArray())];
    }
}
