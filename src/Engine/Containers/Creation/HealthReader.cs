using System.Globalization;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>--health-*</c> and <c>--no-healthcheck</c>: what is not given is as the image says.</summary>
internal sealed class HealthReader(Findings findings)
{
    private const long Millisecond = 1_000_000;

    /// <summary>The check, or null for none.</summary>
    public HealthcheckSpec? Read(RunFlags flags, ImageDefaults image)
    {
        var isGiven = flags.HealthCommand is not null || flags.HealthInterval is not null || flags.HealthTimeout is not null
            || flags.HealthRetries is not null || flags.HealthStartPeriod is not null || flags.HealthStartInterval is not null;
        if (flags.NoHealthcheck)
        {
            if (isGiven)
            {
                findings.Conflict("--no-healthcheck", "--health-*");
            }

            return null;
        }

        var check = image.Healthcheck is { Test: not [HealthcheckSpec.None] } ofImage ? ofImage : new HealthcheckSpec([]);
        if (isGiven)
        {
            check = check with
            {
                Test = flags.HealthCommand is { Length: > 0 } command ? ["CMD-SHELL", command] : check.Test,
                IntervalNanoseconds = Time("--health-interval", flags.HealthInterval) ?? check.IntervalNanoseconds,
                TimeoutNanoseconds = Time("--health-timeout", flags.HealthTimeout) ?? check.TimeoutNanoseconds,
                StartPeriodNanoseconds = Time("--health-start-period", flags.HealthStartPeriod) ?? check.StartPeriodNanoseconds,
                StartIntervalNanoseconds = Time("--health-start-interval", flags.HealthStartInterval) ?? check.StartIntervalNanoseconds,
                Retries = Retries(flags.HealthRetries) ?? check.Retries,
            };
            if (check.Test.Count == 0)
            {
                findings.Warnings.Add("--health-*: neither --health-cmd nor the image says what to check");
            }
        }

        return check.Test.Count == 0 ? null : check;
    }

    private long? Time(string flag, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (DurationText.Nanoseconds(text) is not { } time)
        {
            findings.Invalid(flag, text, "not a duration", DurationText.Rule);
            return null;
        }

        if (time is > 0 and < Millisecond)
        {
            findings.Invalid(flag, text, "less than 1ms");
        }

        return time;
    }

    private int? Retries(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var retries))
        {
            return retries;
        }

        findings.Invalid("--health-retries", text, "not a number from 0 up");
        return null;
    }
}
