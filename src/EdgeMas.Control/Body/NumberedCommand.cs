namespace EdgeMas.Control.Body;

/// <param name="Number">Counts the commands.</param>
/// <param name="Brakes">How often the brakes had been called for when it was given.</param>
internal readonly record struct NumberedCommand<TCommand>(long Number, long Brakes, TCommand Asked)
    where TCommand : unmanaged;
