namespace EdgeMas.Host.CommandLine;

/// <summary>Shows how far a long copy is, in one line that is written over.</summary>
internal sealed class ByteProgress(TextWriter output)
{
    private long _shown = -1;

    /// <param name="total">Bytes; 0 where nobody knows.</param>
    public void Show(long done, long total)
    {
        if (done >> 20 == _shown)
            return;
        _shown = done >> 20;
        output.Write(total > 0 ? $"\r{_shown:N0} of {total >> 20:N0} MB" : $"\r{_shown:N0} MB");
    }

    public void End() => output.WriteLine();
}
