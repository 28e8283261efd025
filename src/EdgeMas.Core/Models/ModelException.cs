namespace EdgeMas.Core.Models;

/// <summary>A model cannot be loaded or a request not served.</summary>
/// <param name="model">File or card.</param>
/// <param name="reason">What is wrong and how to mend it.</param>
public sealed class ModelException(string model, string reason, Exception? inner = null, ModelFault fault = ModelFault.Model) : Exception($"model '{model}': {reason}", inner)
{
    public string Model { get; } = model;

    public string Reason { get; } = reason;

    public ModelFault Fault { get; } = fault;
}
