namespace EdgeMas.Control.Odometry;

/// <summary>What came of asking the body for its sensors.</summary>
internal enum Reading
{
    /// <summary>The body does not answer, answers nonsense, or with something too old.</summary>
    None,

    /// <summary>The one of before; the body senses less often than the loop ticks.</summary>
    Same,
    New,
}
