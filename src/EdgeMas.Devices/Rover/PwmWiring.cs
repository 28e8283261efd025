namespace EdgeMas.Devices.Rover;

/// <summary>Where the bridge's PWM comes from: the board's own outputs, or a PCA9685.</summary>
/// <param name="Chip">N of <c>/sys/class/pwm/pwmchipN</c>; not used where <paramref name="Pca9685Address"/> is given.</param>
/// <param name="FrequencyHertz">A PCA9685 reaches 24 to 1526.</param>
/// <param name="I2cBus">Of the PCA9685.</param>
/// <param name="Pca9685Address">Null for the board's own outputs.</param>
public sealed record PwmWiring(int Chip, int FrequencyHertz, int I2cBus = 0, int? Pca9685Address = null);
