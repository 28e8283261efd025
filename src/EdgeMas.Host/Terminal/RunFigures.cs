using EdgeMas.Core.Broker;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Models;

namespace EdgeMas.Host.Terminal;

/// <summary>Numbers of the running host that are not on the bus; a snapshot.</summary>
/// <param name="World">Time in the world since the start.</param>
/// <param name="Clock">realtime, fast, 4x.</param>
internal readonly record struct RunFigures(
    string Robot, string Model, LanguageModelCounters Engine, BusCounters Bus, BrokerLinkCounters Link, string Broker, bool BrokerConnected, string Clock, TimeSpan World);
