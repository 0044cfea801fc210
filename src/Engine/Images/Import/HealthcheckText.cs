using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Creation;

namespace MiniDock.Engine.Images.Import;

/// <summary>The HEALTHCHECK instruction: <c>NONE</c>, or <c>[--interval= --timeout= --start-period= --start-interval= --retries=] CMD …</c>.</summary>
internal static class HealthcheckText
{
    /// <summary>Parses it; null when it is not well formed.</summary>
    public static HealthcheckSpec? Parse(string text)
    {
        if (text.Equals("NONE", StringComparison.OrdinalIgnoreCase))
        {
            return new HealthcheckSpec([HealthcheckSpec.None]);
        }

        var check = new HealthcheckSpec([]);
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

            if (DurationText.Nanoseconds(value) is not { } time)
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
                case "--start-interval":
                    check = check with { StartIntervalNanoseconds = time };
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
}
