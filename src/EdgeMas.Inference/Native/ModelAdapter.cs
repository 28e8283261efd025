namespace EdgeMas.Inference.Native;

/// <summary>One of the adapters that a model's requests can ask for, under its number in <see cref="NativeModel.Adapters"/>.</summary>
/// <param name="Name">Empty for what a request has that asks for none.</param>
/// <param name="Handle">Null for the model's weights alone.</param>
internal sealed record ModelAdapter(string Name, AdapterHandle? Handle, float Scale);
