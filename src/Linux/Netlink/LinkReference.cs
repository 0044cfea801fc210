using System.Globalization;

namespace MiniDock.Linux.Netlink;

/// <summary>A link by its index, or by its name.</summary>
public readonly record struct LinkReference
{
    /// <summary>A link by index.</summary>
    public LinkReference(int index) => Index = index;

    /// <summary>A link by name.</summary>
    public LinkReference(string name) => Name = name;

    /// <summary>The index, or 0.</summary>
    public int Index { get; }

    /// <summary>The name, or null.</summary>
    public string? Name { get; }

    public static implicit operator LinkReference(int index) => new(index);

    public static implicit operator LinkReference(string name) => new(name);

    /// <inheritdoc/>
    public override string ToString() => Name ?? "#" + Index.ToString(CultureInfo.InvariantCulture);
}
