using MiniDock.Linux;

namespace MiniDock.Engine.Trees;

/// <summary>How a tree is written.</summary>
internal sealed record TreeWriterOptions
{
    /// <summary>How directories on the way are looked up below the root.</summary>
    public required ResolveFlags Resolve { get; init; }

    /// <summary>The directory below the root that members' names start at.</summary>
    public byte[] Base { get; init; } = [];

    /// <summary>The owner that is set for the owner of a member; null sets none: all belongs to whoever writes, and no member gets rights over others by
    /// that (set-user-id, file capabilities, device nodes for all).</summary>
    public Func<uint, uint, (uint User, uint Group)>? Owner { get; init; }

    /// <summary>Refuse to put a directory in the place of something else and the reverse, instead of replacing it with all that is in it.</summary>
    public bool KeepsKinds { get; init; }

    /// <summary>Leave the root directory itself as it is.</summary>
    public bool KeepsRoot { get; init; }

    /// <summary>Whether the members come from elsewhere: extended attributes that mean nothing here, or that the file system cannot hold, are left out.</summary>
    public bool IsForeign { get; init; }
}
