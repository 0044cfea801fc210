using MiniDock.Abstractions.Providers;

namespace MiniDock.Cli.Output;

/// <summary>A request with mistakes, all of them found at once. Nothing was changed.</summary>
internal sealed class ProblemsException(IReadOnlyList<Problem> problems) : Exception(string.Join("; ", problems.Select(p => p.Message)))
{
    /// <summary>The mistakes.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
