using System.Diagnostics;

namespace MiniDock.Engine.Events;

/// <summary>Something that happened, in docker's terms.</summary>
/// <param name="Type"><c>container</c>, <c>image</c>, <c>network</c> or <c>volume</c>.</param>
/// <param name="Action">What, such as <c>start</c> or <c>exec_create: sh</c>.</param>
/// <param name="Id">The object's id.</param>
/// <param name="Attributes">More about it; a container's labels are among them.</param>
public sealed record EngineEvent(string Type, string Action, string Id, IReadOnlyList<KeyValuePair<string, string>> Attributes)
{
    /// <summary>Type of a container's events.</summary>
    public const string Container = "container";

    /// <summary>Type of an image's events.</summary>
    public const string Image = "image";

    /// <summary>Type of a volume's events.</summary>
    public const string Volume = "volume";

    /// <summary>Type of a network's events.</summary>
    public const string Network = "network";

    /// <summary>When, UTC.</summary>
    public DateTimeOffset Time { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>The same on the monotonic clock, in its ticks: what listeners compare with, whatever happens to the other clock. A reboot ends it, and the log with it.</summary>
    public long Monotonic { get; init; } = Stopwatch.GetTimestamp();

    /// <summary>Whether it was told later than it happened, because nobody listened.</summary>
    public bool IsLate { get; init; }

    /// <summary>The value of an attribute, or null.</summary>
    public string? Attribute(string name)
    {
        foreach (var (key, value) in Attributes)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }
}
