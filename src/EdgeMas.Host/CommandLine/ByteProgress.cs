namespace EdgeMas.Host.CommandLine;

/// <summary>Shows how far a file is, on standard error: one line that changes in a terminal, a line each tenth in a log.</summary>
internal sealed class ByteProgress
{
    private const int Mega = 20;
    private readonly bool _live = !Console.IsErrorRedirected;
    private long _shown = -1;

    /// <param name="total">0 where nobody knows.</param>
    public void Show(long done, long total)
    {
        // What is new: another megabyte in a terminal, another tenth (or 64 MB of an unknown whole) elsewhere.
        var step = _live ? done >> Mega : total > 0 ? done * 10 / total : done >> (Mega + 6);
        var isWhole = done == total;
        if (step == _shown && !isWhole)
            return;
        _shown = step;
        var text = total > 0 ? $"{done / 1e6:N1} of {total / 1e6:N1} MB" : $"{done / 1e6:N1} MB";
        if (_live)
            Console.Error.Write($"\r{text}{(isWhole ? Environment.NewLine : "")}");
        else
            Console.Error.WriteLine(text);
    }
}
