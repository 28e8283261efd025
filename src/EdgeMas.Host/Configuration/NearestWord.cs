namespace EdgeMas.Host.Configuration;

/// <summary>Guesses which of the allowed words a person meant.</summary>
internal static class NearestWord
{
    /// <returns>The closest word when it is at most a third of its letters away, else null.</returns>
    public static string? Of(string written, IEnumerable<string> allowed)
    {
        var best = allowed.Select(word => (word, distance: Distance(written, word))).OrderBy(pair => pair.distance).FirstOrDefault();
        return best.word is not null && best.distance <= Math.Max(1, best.word.Length / 3) ? best.word : null;
    }

    /// <summary>Single-letter insertions, deletions and substitutions between two words. Source: Wagner and Fischer, 1974.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + same));
            }
        }
        return row[b.Length];
    }
}
