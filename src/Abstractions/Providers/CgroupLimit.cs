namespace MiniDock.Abstractions.Providers;

/// <summary>A limit of a control group as the kernel holds it.</summary>
/// <param name="Name">What it limits, such as <c>memory</c>.</param>
/// <param name="File">The file that holds it; empty where the container has no group for it, and so no limit.</param>
/// <param name="Value">Its value as the file has it; null for no limit, empty for what cannot be limited.</param>
/// <param name="Used">What is used of it, or another fact beside it; null where there is none.</param>
/// <param name="Unit">What the numbers are.</param>
public sealed record CgroupLimit(string Name, string File, string? Value, string? Used, CgroupLimitUnit Unit = CgroupLimitUnit.Plain);
