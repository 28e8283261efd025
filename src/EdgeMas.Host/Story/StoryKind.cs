namespace EdgeMas.Host.Story;

/// <summary>What a line is about; decides its mark and colour.</summary>
internal enum StoryKind
{
    Note,
    Heard,
    Order,
    Plan,
    Step,
    Say,
    Done,
    Warning,
    Failure,
}
