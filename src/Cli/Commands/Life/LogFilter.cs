using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Engine.Containers.Logs;

namespace MiniDock.Cli.Commands.Life;

/// <summary>Which records of a log are shown.</summary>
/// <param name="Tail">How many from the end, or null for all.</param>
/// <param name="Since">None before, or null.</param>
/// <param name="Until">None after, or null.</param>
internal sealed record LogFilter(int? Tail, DateTimeOffset? Since, DateTimeOffset? Until)
{
    /// <summary>Chooses among records that are there.</summary>
    public IEnumerable<LogRecord> Apply(IEnumerable<LogRecord> records)
    {
        var chosen = records.Where(IsInTime);
        return Tail is { } count ? chosen.TakeLast(count) : chosen;
    }

    /// <summary>Chooses among those that are there, and goes on with those that come.</summary>
    public IEnumerable<LogRecord> Follow(LogReader reader, Func<bool> isActive)
    {
        var skip = 0;
        if (Tail is { } count)
        {
            skip = Math.Max(0, reader.Read().Count(IsInTime) - count);
        }

        foreach (var record in reader.ReadRotated().Concat(reader.Follow(isActive)))
        {
            if (Until is { } end && record.Time > end)
            {
                yield break;
            }

            if (IsInTime(record) && skip-- <= 0)
            {
                yield return record;
            }
        }
    }

    /// <summary>A moment as docker writes it: RFC 3339, seconds since 1970, or how long ago (<c>1h30m</c>).</summary>
    /// <exception cref="EngineException">It is none; exit code 1.</exception>
    public static DateTimeOffset? Moment(string flag, string? text, DateTimeOffset now)
    {
        if (text is null)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time) && text.Contains('-'))
        {
            return time;
        }

        return Ago(text) is { } ago
            ? now - ago
            : throw new EngineException($"{flag} {text}: EINVAL (not a time)", "such as 10m, 1h30m, 2026-01-31T10:00:00 or seconds since 1970", exitCode: 1);
    }

    private bool IsInTime(LogRecord record) => !(record.Time < Since) && !(record.Time > Until);

    private static TimeSpan? Ago(string text)
    {
        var total = TimeSpan.Zero;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            rest = rest[digits..];
            var unit = rest.IndexOfAny("0123456789.") is var end and >= 0 ? rest[..end] : rest;
            rest = rest[unit.Length..];
            double? unitSeconds = unit switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, "d" => 86400, _ => null };
            if (unitSeconds is not { } factor)
            {
                return null;
            }

            total += TimeSpan.FromSeconds(number * factor);
        }

        return text.Length == 0 ? null : total;
    }
}
