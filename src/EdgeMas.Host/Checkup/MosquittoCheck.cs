using EdgeMas.Mqtt.Mosquitto;

namespace EdgeMas.Host.Checkup;

/// <summary>The mosquitto program.</summary>
internal sealed class MosquittoCheck : ICheck
{
    public string Name => "mosquitto";

    public bool IsNeeded(Patient patient) => patient.Needs(robot => robot.Broker.Kind == "mosquitto");

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([Finding.Ok(Name, MosquittoBroker.RequireProgram())]);
}
