namespace EdgeMas.Inference.Native;

/// <summary>What a context is made for.</summary>
/// <param name="Cells">Tokens that the memory holds: of all sequences together, or, apart, of each one.</param>
/// <param name="Sequences">Numbers of sequences, from 0; at most 256.</param>
/// <param name="Rows">Tokens of a batch whose logits are wanted, at most.</param>
/// <param name="Batch">Tokens of a batch, at most.</param>
/// <param name="Apart">Each sequence has cells of its own, at the place of its positions, so that nothing that another one does moves a digit.</param>
internal readonly record struct ContextShape(int Cells, int Sequences, int Rows, int Batch, int Threads, bool Apart = false);
