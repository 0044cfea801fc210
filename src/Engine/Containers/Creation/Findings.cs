using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Collects mistakes and warnings while flags are read.</summary>
internal sealed class Findings
{
    /// <summary>The mistakes.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>The warnings.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>A value that a flag cannot have.</summary>
    public void Invalid(string flag, string value, string reason, string? hint = null) =>
        Problems.Add(new Problem($"{Named(flag, value)}: EINVAL ({reason})", hint));

    /// <summary>A value that asks for what does not exist yet.</summary>
    public void NotYet(string flag, string value, string? hint = null) =>
        Problems.Add(new Problem($"{Named(flag, value)}: ENOTSUP (not supported yet)", hint));

    /// <summary>Flags that exclude each other.</summary>
    public void Conflict(string first, string second, string? hint = null) =>
        Problems.Add(new Problem($"{first} and {second}: EINVAL (they exclude each other)", hint));

    private static string Named(string flag, string value) => flag + (flag.EndsWith('=') ? "" : " ") + Quoted(value);

    private static string Quoted(string value) => value.Length == 0 || value.AsSpan().ContainsAny(" \n\t") ? $"\"{value}\"" : value;
}
