using System.Globalization;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Engine.Events;

/// <summary>Where events lie: a directory of the run root with the current file and those that were full before it.</summary>
internal sealed class EventFiles(EnginePaths paths)
{
    private const string CurrentName = "log";

    public string Directory { get; } = Path.Combine(paths.RunRoot, "events");

    /// <summary>What everybody appends to.</summary>
    public string Current => Path.Combine(Directory, CurrentName);

    /// <summary>There, and locked, while somebody listens.</summary>
    public string Listening => Path.Combine(Directory, "listening");

    /// <summary>Held by whoever rotates.</summary>
    public string Lock => Path.Combine(Directory, "rotation.lock");

    /// <summary>The name of a full file.</summary>
    public string Numbered(long number) => string.Create(CultureInfo.InvariantCulture, $"{Current}.{number}");

    /// <summary>Numbers of the full files, oldest first.</summary>
    public List<long> Numbers()
    {
        var numbers = new List<long>();
        foreach (var path in System.IO.Directory.EnumerateFiles(Directory))
        {
            if (path.StartsWith(Current + ".", StringComparison.Ordinal)
                && long.TryParse(path.AsSpan(Current.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
            }
        }

        numbers.Sort();
        return numbers;
    }

    public void Make() => Files.CreateDirectories(Directory, 0x1C0);
}
