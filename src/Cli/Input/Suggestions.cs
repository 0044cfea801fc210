namespace MiniDock.Cli.Input;

/// <summary>"Did you mean".</summary>
internal static class Suggestions
{
    /// <summary>A hint that names the known word nearest to a mistyped one, or null when none is near.</summary>
    public static string? For(string typed, IEnumerable<string> known)
    {
        var allowed = Math.Min(2, Math.Max(1, typed.Length / 3));
        var best = known
            .Select(word => (word, distance: EditDistance.Between(typed, word)))
            .Where(c => c.distance <= allowed || (typed.Length > 4 && c.word.StartsWith(typed, StringComparison.Ordinal)))
            .OrderBy(c => c.distance)
            .FirstOrDefault();
        return best.word is null ? null : $"did you mean {best.word}?";
    }
}
