namespace EdgeMas.Control.Loop;

/// <summary>What became of the newest goal.</summary>
public enum MotionState
{
    /// <summary>There was none yet.</summary>
    Idle,
    Running,
    Done,

    /// <summary>The envelope does not let it go on; <see cref="MotionSnapshot.Cause"/> says why.</summary>
    Blocked,

    /// <summary>It was never begun; <see cref="MotionSnapshot.Cause"/> says why.</summary>
    Refused,
    EStopped,

    /// <summary>The loop itself failed, or its body does not answer.</summary>
    Faulted,
}
