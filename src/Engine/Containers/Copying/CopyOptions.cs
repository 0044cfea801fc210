namespace MiniDock.Engine.Containers.Copying;

/// <summary>What <c>cp</c> was asked for beside its paths.</summary>
/// <param name="FollowLink">Copy what a link at the end of the source's path leads to, under the link's name (<c>-L</c>).</param>
/// <param name="Archive">Keep owners on the host; in a container, give all to the container's user (<c>-a</c>).</param>
public sealed record CopyOptions(bool FollowLink, bool Archive);
