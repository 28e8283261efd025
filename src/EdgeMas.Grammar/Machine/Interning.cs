namespace EdgeMas.Grammar.Machine;

/// <summary>
/// Makes equal frames and equal states one object. Bounded: when full it forgets all, which costs time and nothing else, since whoever holds a frame or state
/// goes on with it. The machine's lock.
/// </summary>
internal sealed class Interning(int capacity)
{
    private readonly Dictionary<Frame, Frame> _frames = [];
    private readonly Dictionary<GrammarState, GrammarState> _states = [];

    internal int StateCount => _states.Count;

    internal Frame Intern(Frame frame)
    {
        if (_frames.TryGetValue(frame, out var known))
            return known;
        _frames.Add(frame, frame);
        return frame;
    }

    internal GrammarState Intern(GrammarState state)
    {
        if (_states.TryGetValue(state, out var known))
            return known;
        if (_states.Count >= capacity || _frames.Count >= 4 * capacity)
        {
            // States lead to one another: without cutting that, the first of all would hold every one that ever was.
            foreach (var old in _states.Keys)
                old.Forget();
            foreach (var old in _frames.Keys)
                old.Followers = [];
            _states.Clear();
            _frames.Clear();
        }
        _states.Add(state, state);
        return state;
    }
}
