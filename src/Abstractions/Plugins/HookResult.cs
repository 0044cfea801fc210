namespace MiniDock.Abstractions.Plugins;

/// <summary>Result of <c>hook.precreate</c>; the other points have none.</summary>
public sealed record HookResult
{
    /// <summary>What the container gets beside what was asked for, or null.</summary>
    public HookAdjustment? Adjust { get; init; }
}
