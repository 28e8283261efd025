using EdgeMas.Control.Flight;
using EdgeMas.Control.Tests.Vehicles;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;
using EdgeMas.Simulation.Flight;

namespace EdgeMas.Control.Tests.Flight;

/// <summary>A quadrotor in its air and a control loop, stepped by hand on one thread: 4 ms a step.</summary>
internal sealed class FlightRig : VehicleRig<FlightGoal, FlightState>
{
    internal static readonly TimeSpan Period = TimeSpan.FromMilliseconds(4);

    internal FlightRig(QuadrotorDescription? description = null, Func<FlightLimits, FlightLimits>? limits = null, FlightOptions? options = null) : base(Period)
    {
        World = new QuadrotorWorld(description ?? new QuadrotorDescription());
        Limits = new FlightLimits { Geofence = [new Point2D(0, 0), new Point2D(25, 0), new Point2D(25, 20), new Point2D(0, 20)] };
        Limits = limits?.Invoke(Limits) ?? Limits;
        Body = new RecordingQuadrotor(new SimulatedQuadrotor(World, Clock));
        Loop = new QuadrotorLoop(Body, Limits, options ?? new FlightOptions(), Clock);
        TakeLease("rig");
    }

    internal QuadrotorWorld World { get; }

    internal FlightLimits Limits { get; }

    internal RecordingQuadrotor Body { get; }

    internal QuadrotorLoop Loop { get; }

    protected override VehicleLoop<FlightGoal, FlightState> Vehicle => Loop;

    protected override object Truth => World.Truth;

    protected override void StepWorld(TimeSpan period) => World.Step(period);

    /// <summary>Passes everything through and remembers what went to the rotors last.</summary>
    internal sealed class RecordingQuadrotor(IQuadrotor body) : IQuadrotor
    {
        internal RotorSpeeds Rotors { get; private set; }

        internal int Cuts { get; private set; }

        /// <summary>What the next read throws; null for nothing.</summary>
        internal Exception? Trouble { get; set; }

        /// <summary>A sensor has failed.</summary>
        internal bool MustLand { get; set; }

        public QuadrotorGeometry Geometry => body.Geometry;

        public bool TryRead(out QuadrotorSensors sensors)
        {
            var answers = Trouble is null ? body.TryRead(out sensors) : throw Trouble;
            sensors = sensors with { MustLand = MustLand };
            return answers;
        }

        public bool TrySpin(in RotorSpeeds speeds)
        {
            Rotors = speeds;
            return body.TrySpin(speeds);
        }

        public void Cut()
        {
            Rotors = default;
            Cuts++;
            body.Cut();
        }
    }
}
