using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace MiniDock.Abstractions.Model;

/// <summary>A name of a container, network or volume: <c>^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$</c>.</summary>
public static partial class ContainerName
{
    /// <summary>The rule, for error texts.</summary>
    public const string Rule = "[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}";

    /// <summary>Whether the name may be used.</summary>
    public static bool IsValid([NotNullWhen(true)] string? name) => name is not null && Pattern().IsMatch(name);

    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
