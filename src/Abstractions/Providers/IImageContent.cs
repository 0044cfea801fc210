using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;

namespace MiniDock.Abstractions.Providers;

/// <summary>Copies what an image holds at a path, for a volume that is mounted over it.</summary>
public interface IImageContent
{
    /// <summary>Fills a directory with what the image has in one of its own, and gives it that one's owner and mode. Nothing outside of either is touched,
    /// whatever links there are.</summary>
    /// <param name="container">The container whose volume it is; it is in the store, and its lock is held.</param>
    /// <param name="image">The image.</param>
    /// <param name="storageDriver">How its layers are mounted meanwhile.</param>
    /// <param name="path">The directory's path in the image; where there is none, nothing is done.</param>
    /// <param name="directory">An empty directory.</param>
    void CopyTo(ContainerId container, ImageSelection image, string storageDriver, string path, SafeFileHandle directory);
}
