namespace EdgeMas.Control.Motor;

/// <summary>The base took no goal at all.</summary>
internal sealed class MotionRefusedException(string reason) : InvalidOperationException(reason);
