using System.Collections.Frozen;
using EdgeMas.Reasoning.Orders;

namespace EdgeMas.Reasoning.Coordination;

/// <summary>Tells an order to stop from all others, without asking a model: it must work at once.</summary>
internal static class StopOrder
{
    private static readonly FrozenSet<string> Phrases = new[]
    {
        "stop", "stop now", "stop it", "stop that", "stop moving", "stop right there", "stop immediately", "stop everything", "stop stop", "stop stop stop",
        "halt", "freeze", "abort", "abort mission", "cancel", "cancel that", "cancel it", "cancel mission", "cancel the mission", "cancel order", "cancel the order",
        "emergency stop", "never mind", "nevermind", "forget it", "whoa", "hold it", "don't move", "do not move", "stand still",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Politeness = new[] { "please", "robot", "rover", "hey", "ok", "okay", "now" }.ToFrozenSet(StringComparer.Ordinal);

    internal static bool Matches(string text)
    {
        if (text.Length > 60)
            return false;
        var words = OrderText.SplitWords(OrderText.Clean(text));
        return Phrases.Contains(string.Join(' ', words)) || Phrases.Contains(string.Join(' ', words.Where(word => !Politeness.Contains(word))));
    }
}
