namespace MiniDock.Engine.Trees;

/// <summary>Which extended attributes belong to a tree, wherever it is taken.</summary>
internal static class TreeAttributes
{
    /// <summary>Whether overlayfs gives the attribute a meaning: from an archive or a container it would redirect or hide files of somebody's choosing.</summary>
    public static bool IsOverlayPrivate(string name) =>
        name.StartsWith("trusted.overlay.", StringComparison.Ordinal) || name.StartsWith("user.overlay.", StringComparison.Ordinal);

    /// <summary>Whether the attribute is copied with a file. Security modules label what they find on their own: of theirs only file capabilities are.</summary>
    public static bool IsKept(string name) =>
        !IsOverlayPrivate(name) && (!name.StartsWith("security.", StringComparison.Ordinal) || name == "security.capability");
}
