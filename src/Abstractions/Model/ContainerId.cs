using System.Diagnostics.CodeAnalysis;

namespace MiniDock.Abstractions.Model;

/// <summary>The id of a container: 64 lower-case hexadecimal digits. Kernel objects of the container derive their names from it.</summary>
public readonly record struct ContainerId
{
    private const int Length = 64;
    private readonly string? _value;

    private ContainerId(string value) => _value = value;

    /// <summary>All 64 digits.</summary>
    public string Value => _value ?? throw new InvalidOperationException("the container id was never set");

    /// <summary>The first twelve digits, as docker shows them.</summary>
    public string Short => Value[..12];

    /// <summary>A new random id. Built from two GUIDs: the first use of the system's random generator costs 3 ms.</summary>
    public static ContainerId New() => new(Guid.NewGuid().ToString("n") + Guid.NewGuid().ToString("n"));

    /// <summary>Parses a full id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ContainerId id)
    {
        id = default;
        if (text is not { Length: Length } || text.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            return false;
        }

        id = new ContainerId(text);
        return true;
    }

    /// <summary>Parses a full id.</summary>
    /// <exception cref="FormatException">It is not 64 lower-case hexadecimal digits.</exception>
    public static ContainerId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a container id");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
