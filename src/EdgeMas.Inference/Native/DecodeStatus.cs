namespace EdgeMas.Inference.Native;

/// <summary>What <c>llama_decode</c> returns; every other value is a failure.</summary>
internal enum DecodeStatus
{
    Done = 0,

    /// <summary>No room for the batch in the memory.</summary>
    NoRoom = 1,

    /// <summary>The abort flag was set; some of the batch may have been computed.</summary>
    Aborted = 2,
}
