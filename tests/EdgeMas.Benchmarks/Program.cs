using EdgeMas.Benchmarks;

// dotnet run -c Release --project tests/EdgeMas.Benchmarks [publish] [idle]; no name runs all. Exit code 1 when a bound does not hold.
var asked = args.Length == 0 ? ["publish", "idle"] : args;
var held = true;
foreach (var name in asked)
{
    switch (name)
    {
        case "publish":
            held &= PublishBenchmark.Run(Console.Out);
            break;
        case "idle":
            held &= await IdleAgentsBenchmark.RunAsync(Console.Out);
            break;
        default:
            Console.Error.WriteLine($"there is no benchmark '{name}'; there are: publish, idle");
            return 2;
    }
}
return held ? 0 : 1;
