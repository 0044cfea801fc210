using System.Globalization;

namespace MiniDock.Engine.Images.Import;

/// <summary>The HEALTHCHECK instruction: <c>NONE</c>, or <c>[--interval= --timeout= --start-period= --retries=] CMD …</c>.</summary>
internal static class HealthcheckText
{
    /// <summary>Parses it; null when it is not well formed.</summary>
    public static ImageHealthcheck? Parse(string text)
    {
        if (text.Equals("NONE", StringComparison.OrdinalIgnoreCase))
        {
            return new ImageHealthcheck(["NONE"]);
        }

        var check = new ImageHealthcheck([]);
        while (text.StartsWith("--", StringComparison.Ordinal))
        {
            var (flag, rest) = Cut(text, ' ');
            var (name, value) = Cut(flag, '=');
            text = rest.TrimStart();
            if (name == "--retries")
            {
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var retries))
                {
                    return null;
                }

                check = check with { Retries = retries };
                continue;
            }

            if (Nanoseconds(value) is not { } time)
            {
                return null;
            }

            switch (name)
            {
                case "--interval":
                    check = check with { IntervalNanoseconds = time };
                    break;
                case "--timeout":
                    check = check with { TimeoutNanoseconds = time };
                    break;
                case "--start-period":
                    check = check with { StartPeriodNanoseconds = time };
                    break;
                default:
                    return null;
            }
        }

        var (word, command) = Cut(text, ' ');
        command = command.Trim();
        if (!word.Equals("CMD", StringComparison.OrdinalIgnoreCase) || command.Length == 0)
        {
            return null;
        }

        return check with { Test = InstructionText.JsonList(command) is { } list ? ["CMD", .. list] : ["CMD-SHELL", command] };
    }

    private static (string Before, string After) Cut(string text, char at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }

    // Go's durations: numbers with units, one after the other (1m30s).
    private static long? Nanoseconds(string text)
    {
        (string Unit, double Scale)[] units = [("ns", 1), ("us", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 6e10), ("h", 3.6e12)];
        double total = 0;
        while (text.Length > 0)
        {
            var digits = text.AsSpan().IndexOfAnyExcept("0123456789.");
            var unit = digits < 1 ? default : Array.Find(units, one => text[digits..].StartsWith(one.Unit, StringComparison.Ordinal));
            if (unit.Unit is null || !double.TryParse(text[..digits], CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            total += number * unit.Scale;
            text = text[(digits + unit.Unit.Length)..];
        }

        return total is > 0 and < 9e18 ? (long)total : null;
    }
}
