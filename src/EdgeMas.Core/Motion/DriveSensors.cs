namespace EdgeMas.Core.Motion;

/// <summary>What a driving body senses at one moment.</summary>
/// <param name="Timestamp">Of the <see cref="TimeProvider"/> that the body runs on.</param>
/// <param name="LeftWheelAngle">Radians since the start, forward positive; as the encoder counts it.</param>
/// <param name="RightWheelAngle">Radians since the start.</param>
/// <param name="YawRate">Radians a second, counter-clockwise positive, from the gyroscope.</param>
/// <param name="RangeAhead">Metres to the nearest thing ahead; <see cref="double.PositiveInfinity"/> beyond the finder's reach, NaN without a valid reading.</param>
/// <param name="Battery">0 to 1.</param>
/// <param name="MotorCurrent">Amperes that the harder working motor draws; NaN where it is not measured.</param>
/// <param name="MotorTemperature">Degrees Celsius of the hotter motor; NaN where it is not measured.</param>
public readonly record struct DriveSensors(
    long Timestamp, double LeftWheelAngle, double RightWheelAngle, double YawRate, double RangeAhead, double Battery,
    double MotorCurrent = double.NaN, double MotorTemperature = double.NaN);
