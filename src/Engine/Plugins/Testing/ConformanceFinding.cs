namespace MiniDock.Engine.Plugins.Testing;

/// <summary>One thing that a plugin was tried for.</summary>
/// <param name="What">What.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Failure">What was wrong, or null.</param>
public sealed record ConformanceFinding(string What, TimeSpan Took, string? Failure);
