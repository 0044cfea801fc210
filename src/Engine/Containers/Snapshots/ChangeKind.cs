namespace MiniDock.Engine.Containers.Snapshots;

/// <summary>What became of a file of the image, by docker's letters.</summary>
public enum ChangeKind
{
    /// <summary>It is another than in the image, or something in it is: <c>C</c>.</summary>
    Changed,

    /// <summary>The image does not have it: <c>A</c>.</summary>
    Added,

    /// <summary>Only the image has it: <c>D</c>.</summary>
    Deleted,
}
