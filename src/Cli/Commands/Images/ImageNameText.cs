using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;

namespace MiniDock.Cli.Commands.Images;

/// <summary>A new image's name on the command line.</summary>
internal static class ImageNameText
{
    /// <summary>Reads it; null stays null.</summary>
    /// <exception cref="EngineException">It is no name; exit code 1.</exception>
    public static ImageReference? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return ImageReference.TryParse(text, out var reference)
            ? reference
            : throw new EngineException($"image name {text}: EINVAL (not NAME or NAME:TAG)", "names are lower case, such as team/app:1.0", 1);
    }
}
