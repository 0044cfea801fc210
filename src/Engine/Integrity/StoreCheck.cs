using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Engine.Integrity;

/// <summary>Compares all that the engine keeps on disk with what was written: <c>system check</c>. Finding changes nothing; each damage knows its repair.</summary>
public sealed class StoreCheck(ImageStore images, IImageUsers users, ContainerStore containers, ContainerControl control, Func<IEnumerable<Damage>> networks)
{
    /// <summary>Looks at everything.</summary>
    public CheckReport Find()
    {
        var report = new ImageCheck(images, users).Find();
        var (damages, count) = new ContainerCheck(containers, control).Find();
        return report with { Damages = [.. report.Damages, .. damages, .. networks()], ContainerCount = count };
    }
}
