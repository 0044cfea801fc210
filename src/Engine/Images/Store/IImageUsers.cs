using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Images.Store;

/// <summary>Tells which images containers use: the image store does not know containers.</summary>
public interface IImageUsers
{
    /// <summary>Every container, running or not.</summary>
    IEnumerable<ImageUser> List();
}
