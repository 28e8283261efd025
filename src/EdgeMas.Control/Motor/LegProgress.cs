using EdgeMas.Core.Skills;

namespace EdgeMas.Control.Motor;

/// <summary>Turns the progress of one leg into that of the whole way.</summary>
/// <param name="before">Share of the way that lies before the leg.</param>
/// <param name="share">The leg's own share.</param>
internal sealed class LegProgress(IProgress<SkillProgress> whole, double before, double share) : IProgress<SkillProgress>
{
    public void Report(SkillProgress value) => whole.Report(value with { Fraction = before + (share * value.Fraction) });
}
