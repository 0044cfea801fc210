using System.Globalization;
using System.Text.Json;

namespace MiniDock.Engine.Containers.Logs;

/// <summary>Reads a container's log, its rotated files first, and goes on with what is written later.</summary>
public sealed class LogReader(string path)
{
    private const int LookMilliseconds = 50;

    /// <summary>The records of the current file and those that are written later, through rotations, until the container has ended.</summary>
    /// <param name="isActive">Whether more may come.</param>
    public IEnumerable<LogRecord> Follow(Func<bool> isActive)
    {
        while (true)
        {
            // Asked before the file is read: what was written before the end is read after it.
            var goesOn = isActive();
            using var file = GrowingFile.Open(path);
            while (file is not null)
            {
                var wasReplaced = file.IsReplaced;
                while (file.ReadLine() is { } line)
                {
                    if (Parse(line) is { } record)
                    {
                        yield return record;
                    }
                }

                if (wasReplaced || !goesOn)
                {
                    break;
                }

                Thread.Sleep(LookMilliseconds);
                goesOn = isActive();
            }

            if (!goesOn)
            {
                yield break;
            }

            Thread.Sleep(file is null ? LookMilliseconds : 0);
        }
    }

    /// <summary>The records of rotated files, oldest first.</summary>
    public IEnumerable<LogRecord> ReadRotated()
    {
        var rotated = new List<string>();
        for (var n = 1; File.Exists(Numbered(n)); n++)
        {
            rotated.Insert(0, Numbered(n));
        }

        return rotated.SelectMany(Records);
    }

    /// <summary>The records that are there.</summary>
    public IEnumerable<LogRecord> Read() => ReadRotated().Concat(File.Exists(path) ? Records(path) : []);

    private static IEnumerable<LogRecord> Records(string file) =>
        File.ReadLines(file).Select(Parse).Where(r => r is not null).Select(r => r!.Value);

    private static LogRecord? Parse(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new LogRecord(
                root.GetProperty("log").GetString() ?? "",
                root.GetProperty("stream").GetString() == "stderr" ? LogStream.Stderr : LogStream.Stdout,
                DateTimeOffset.Parse(root.GetProperty("time").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private string Numbered(int n) => string.Create(CultureInfo.InvariantCulture, $"{path}.{n}");
}
