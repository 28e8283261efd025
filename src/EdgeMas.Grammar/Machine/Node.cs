namespace EdgeMas.Grammar.Machine;

/// <summary>A part of a grammar. Made once when a grammar is compiled; how far it has come stands in frames.</summary>
internal abstract class Node
{
    /// <summary>More than any text has.</summary>
    internal const int Unreachable = int.MaxValue / 4;

    /// <summary>Fewest bytes of a text that it matches; <see cref="Unreachable"/> where it matches none.</summary>
    internal int Shortest { get; set; } = Unreachable;

    /// <summary>Recomputes <see cref="Shortest"/> from the parts' values.</summary>
    internal abstract int Measure();

    /// <summary>Adds the threads that begin to read it.</summary>
    /// <param name="after">What comes behind it.</param>
    internal abstract void Enter(Frame? after, Expansion into);

    /// <summary>Goes on in one of its frames, whose part has ended with a label.</summary>
    internal virtual void Resume(Frame frame, int label, Expansion into) => throw new InvalidOperationException($"{GetType().Name} has no frames");

    /// <summary>About how many bytes are left at least from the end of the frame's part to the end of this node, when its label is not known yet.</summary>
    internal virtual int RestOf(Frame frame) => 0;

    /// <summary>The same from where a thread stands whose next frame is this node's.</summary>
    internal virtual int DistanceOf(Thread thread) => NodeMeasure.Add(thread.Automaton.DistanceFrom(thread.State), RestOf(thread.Next!));
}
