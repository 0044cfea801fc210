using System.Globalization;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Go's durations: numbers with units, one after the other, such as <c>1m30s</c>.</summary>
public static class DurationText
{
    /// <summary>What a duration is, for hints.</summary>
    public const string Rule = "a duration is a number with a unit (ms, s, m, h), or several, such as 1m30s";

    private static readonly (string Unit, double Scale)[] s_units = [("ns", 1), ("us", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 6e10), ("h", 3.6e12)];

    /// <summary>Nanoseconds of a duration; null where the text is none, or is negative.</summary>
    public static long? Nanoseconds(string text)
    {
        if (text == "0")
        {
            return 0;
        }

        double total = 0;
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits < 1 || !double.TryParse(rest[..digits], CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            rest = rest[digits..];
            double scale = 0;
            foreach (var (unit, factor) in s_units)
            {
                if (scale == 0 && rest.StartsWith(unit))
                {
                    scale = factor;
                    rest = rest[unit.Length..];
                }
            }

            if (scale == 0)
            {
                return null;
            }

            total += number * scale;
        }

        return text.Length > 0 && total < 9e18 ? (long)total : null;
    }
}
