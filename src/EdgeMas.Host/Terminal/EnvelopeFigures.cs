namespace EdgeMas.Host.Terminal;

/// <summary>The envelope's limits as shown beside what the robot does: metres a second and metres.</summary>
internal readonly record struct EnvelopeFigures(double MaxSpeed, double StopDistance);
