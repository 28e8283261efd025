namespace EdgeMas.Mqtt.Access;

/// <summary>Whether one topic filter allows no topic that another does not. Source: MQTT 5.0, section 4.7.</summary>
internal static class FilterCover
{
    /// <summary>True when every topic that matches <paramref name="asked"/> matches <paramref name="allowed"/> as well.</summary>
    internal static bool Covers(string allowed, string asked)
    {
        var have = allowed.Split('/');
        var want = asked.Split('/');
        if (asked.StartsWith('$') && have[0] is "+" or "#")
            return false; // the broker's own topics, and shared subscriptions, are never meant by a wildcard
        for (var i = 0; i < have.Length; i++)
        {
            if (have[i] == "#")
                return true;
            if (i >= want.Length || want[i] == "#")
                return false;
            if (have[i] != "+" && have[i] != want[i])
                return false;
        }
        return have.Length == want.Length;
    }
}
