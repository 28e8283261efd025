namespace EdgeMas.Inference.Files;

/// <summary>A tensor as a GGUF file lists it.</summary>
/// <param name="Type">As <see cref="GgufTensorType"/> numbers them.</param>
/// <param name="Offset">Where its first byte lies in the file.</param>
internal readonly record struct GgufTensor(string Name, uint Type, long Offset, long Bytes);
