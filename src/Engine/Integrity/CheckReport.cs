using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Integrity;

/// <summary>What a check of the store has found.</summary>
/// <param name="Damages">All that is damaged, what others depend on first.</param>
public sealed record CheckReport(IReadOnlyList<Damage> Damages)
{
    /// <summary>Images that were looked at.</summary>
    public int ImageCount { get; init; }

    /// <summary>Layers that were looked at.</summary>
    public int LayerCount { get; init; }

    /// <summary>Bytes of their files.</summary>
    public long LayerBytes { get; init; }

    /// <summary>Containers that were looked at.</summary>
    public int ContainerCount { get; init; }

    /// <summary>Images that nothing names and no container uses: no damage, but that is how one looks whose tag was lost.</summary>
    public IReadOnlyList<string> UnnamedImages { get; init; } = [];
}
