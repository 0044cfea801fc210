namespace MiniDock.Abstractions.Model;

/// <summary>A limit of huge pages of one size.</summary>
/// <param name="PageSize">The size as the kernel's files name it, such as <c>2MB</c> or <c>1GB</c>.</param>
/// <param name="Bytes">The limit, bytes.</param>
public sealed record HugepageLimit(string PageSize, long Bytes);
