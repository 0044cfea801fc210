namespace MiniDock.Abstractions.Model;

/// <summary>A value for a file of a control group.</summary>
/// <param name="File">Its name, such as <c>memory.oom.group</c>.</param>
/// <param name="Value">What is written.</param>
public sealed record CgroupSetting(string File, string Value);
