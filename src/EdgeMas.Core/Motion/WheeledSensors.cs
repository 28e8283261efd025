namespace EdgeMas.Core.Motion;

/// <summary>What a driving body on any wheels senses at one moment.</summary>
/// <param name="Timestamp">Of the <see cref="TimeProvider"/> that the body runs on.</param>
/// <param name="Angles">Radians since the start, as the encoders count them.</param>
/// <param name="Steering">Radians of the wheel in the middle of the front axle, left positive; NaN without a reading and where nothing steers.</param>
/// <param name="YawRate">Radians a second, counter-clockwise positive, from the gyroscope.</param>
/// <param name="RangeAhead">Metres to the nearest thing ahead; <see cref="double.PositiveInfinity"/> beyond the finder's reach, NaN without a valid reading.</param>
/// <param name="Battery">0 to 1.</param>
/// <param name="MotorCurrent">Amperes that the hardest working motor draws; NaN where it is not measured.</param>
/// <param name="MotorTemperature">Degrees Celsius of the hottest motor; NaN where it is not measured.</param>
public readonly record struct WheeledSensors(
    long Timestamp, WheelSet Angles, double Steering, double YawRate, double RangeAhead, double Battery,
    double MotorCurrent = double.NaN, double MotorTemperature = double.NaN);
