namespace MiniDock.Cli.Output;

/// <summary>Spans of time in docker's words.</summary>
internal static class HumanTime
{
    /// <summary>Such as <c>About a minute</c> or <c>3 weeks</c>.</summary>
    public static string Span(TimeSpan span)
    {
        var seconds = (long)span.TotalSeconds;
        var minutes = (long)span.TotalMinutes;
        var hours = (long)(span.TotalHours + 0.5);
        return seconds switch
        {
            < 1 => "Less than a second",
            1 => "1 second",
            < 60 => $"{seconds} seconds",
            _ when minutes == 1 => "About a minute",
            _ when minutes < 60 => $"{minutes} minutes",
            _ when hours == 1 => "About an hour",
            _ when hours < 48 => $"{hours} hours",
            _ when hours < 24 * 7 * 2 => $"{hours / 24} days",
            _ when hours < 24 * 30 * 2 => $"{hours / 24 / 7} weeks",
            _ when hours < 24 * 365 * 2 => $"{hours / 24 / 30} months",
            _ => $"{hours / 24 / 365} years",
        };
    }

    /// <summary>The span since a moment; a clock that went back counts as none.</summary>
    public static string Since(DateTimeOffset moment, DateTimeOffset now) => Span(now > moment ? now - moment : TimeSpan.Zero);
}
