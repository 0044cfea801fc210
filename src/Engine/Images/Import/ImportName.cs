using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Images.Import;

/// <summary>Names an image after its archive.</summary>
public static class ImportName
{
    private static readonly string[] s_extensions =
        [".tar", ".gz", ".xz", ".zst", ".zstd", ".bz2", ".tgz", ".txz", ".tzst", ".tbz", ".tbz2", ".tbz2"];

    /// <summary>The file's base name without its extensions; null for standard input.</summary>
    /// <exception cref="EngineException">It makes no image name.</exception>
    public static ImageReference? FromSource(string source)
    {
        if (source == "-")
        {
            return null;
        }

        var name = Path.GetFileName(source).ToLowerInvariant();
        while (Array.Find(s_extensions, one => name.EndsWith(one, StringComparison.Ordinal)) is { } extension && name.Length > extension.Length)
        {
            name = name[..^extension.Length];
        }

        return !name.Contains(':') && ImageReference.TryParse(name, out var reference)
            ? reference
            : throw new EngineException($"import {source}: its name makes no image name", $"give one: minidock import {source} NAME", 1);
    }
}
