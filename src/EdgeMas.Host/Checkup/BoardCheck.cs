using EdgeMas.Devices.Boards;
using EdgeMas.Host.Boards;

namespace EdgeMas.Host.Checkup;

/// <summary>Which of <c>hardware/boards</c> this is, and whether its buses are there and permitted.</summary>
/// <param name="root">In front of every path of the machine; empty for this one.</param>
internal sealed class BoardCheck(string root = "") : ICheck
{
    public string Name => "board";

    /// <summary>A simulated robot needs no pins; one of hardware says which bus it lacks when it opens it.</summary>
    public bool IsNeeded(Patient patient) => false;

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>([.. Look()]);

    private IEnumerable<Finding> Look()
    {
        if (BoardShelf.Folder() is not { } folder)
            return [new Finding(Name, Verdict.Warning, "no hardware/boards beside the program or above it", "run edgemas from its checkout, or copy hardware/ beside it")];
        var boards = BoardShelf.Read(folder);
        if (Board.Detect(boards, root) is { } board)
            return [Finding.Ok(Name, $"{board.Title} ({board.Name}): {board.Pins.Count} pins, {board.Buses.Count} buses"), .. board.Buses.Select(Look)];
        return [Board.ModelOf(root) is { } model
            ? new Finding(Name, Verdict.Warning, $"'{model}' is none of {string.Join(", ", boards.Select(known => known.Name))}", $"write {Path.Combine(folder, "NAME.yaml")} like those beside it")
            : Finding.Ok(Name, "a computer without pins: simulated robots run on it")];
    }

    private Finding Look(BoardBus bus) => bus.Trouble(root) is { } trouble
        ? new Finding(bus.Name, Verdict.Warning, trouble.Message)
        : Finding.Ok(bus.Name, $"{bus.Find(root)}{(bus.Pins.Count == 0 ? "" : $", header pins {string.Join(", ", bus.Pins)}")}");
}
