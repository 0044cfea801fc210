using MiniDock.Engine.Images.Store;

namespace MiniDock.Cli.Commands.Images;

/// <summary>Names of images, for shell completion.</summary>
internal static class ImageNames
{
    /// <summary>All names; <c>:latest</c> is left out as users do.</summary>
    public static IEnumerable<string> All(CliContext context) =>
        context.Get<ImageStore>().Names().Select(name => name.Tag == "latest" ? name.Name : name.ToString());
}
