namespace EdgeMas.Devices.Chips;

/// <summary>Waits while a chip starts; for set-up, never for a control loop.</summary>
internal static class Settling
{
    private static readonly ManualResetEventSlim Never = new();

    internal static void Wait(TimeSpan duration) => Never.Wait(duration);
}
