namespace MiniDock.Abstractions.Plan;

/// <summary>One step of a run: data that is printed, journaled, applied by the handler of its kind, and undone from the journal alone.</summary>
public sealed record PlanStep
{
    /// <summary>Name of the step, unique in the plan, such as <c>net.eth0.lease</c>.</summary>
    public required string Id { get; init; }

    /// <summary>When it is applied.</summary>
    public required PlanPhase Phase { get; init; }

    /// <summary>What it does; chooses the handler (host phases) or the encoding (child phase).</summary>
    public required string Kind { get; init; }

    /// <summary>Its arguments. All that undoing needs is here or derives from the container's id.</summary>
    public StepValues Arguments { get; init; } = StepValues.Empty;

    /// <summary>Ids of the steps whose receipts it reads, or that must come first.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>Why the run needs it, one line.</summary>
    public required string Why { get; init; }

    /// <summary>The manual page or kernel document, such as <c>overlayfs.rst</c> or <c>mount(2)</c>.</summary>
    public string? ManPage { get; init; }

    /// <summary>What a person would type instead, or null.</summary>
    public string? Shell { get; init; }

    /// <summary>How long its effect lasts.</summary>
    public StepScope Scope { get; init; } = StepScope.Run;
}
