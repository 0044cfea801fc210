using System.Diagnostics.CodeAnalysis;

namespace MiniDock.Abstractions.Model;

/// <summary>The name of a volume: one that may be given to anything, or the 64 digits of a volume that was given none.</summary>
public static class VolumeName
{
    private const int AnonymousLength = 64;

    /// <summary>The rule, for error texts.</summary>
    public const string Rule = ContainerName.Rule;

    /// <summary>A name for a volume that is given none.</summary>
    public static string NewAnonymous() => $"{Guid.NewGuid():n}{Guid.NewGuid():n}";

    /// <summary>Whether a volume may be called like that.</summary>
    public static bool IsValid([NotNullWhen(true)] string? name) =>
        ContainerName.IsValid(name) || (name?.Length == AnonymousLength && !name.AsSpan().ContainsAnyExcept("0123456789abcdef"));
}
