namespace EdgeMas.Inference.Files;

/// <summary>A file is no whole GGUF file.</summary>
/// <param name="reason">What is wrong with it, and where.</param>
internal sealed class GgufException(string reason) : IOException(reason);
