using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Storage.Layers;

/// <summary>
/// Finds out by trying, never by version, how the kernel takes a layer's file. The answer holds for a boot and a file system,
/// so it is kept in the run root.
/// </summary>
internal sealed class LayerProbe
{
    private LayerMethod? _known;

    public LayerMethod MethodFor(string layer, RootRequest request) => _known ??= Read(layer, request);

    private static LayerMethod Read(string layer, RootRequest request)
    {
        var device = Files.Stat(layer).Device;
        var note = Path.Combine(request.Paths.RunRoot, $"layer-method-{device.Major}-{device.Minor}");
        if (Files.TryOpenAt(null, note, OpenFlags.ReadOnly, 0, out var file) == Errno.Success)
        {
            using (file)
            {
                Span<byte> text = stackalloc byte[8];
                if (Files.TryRead(file, text, out var count) == Errno.Success && count > 0)
                {
                    return text[0] == (byte)'f' ? LayerMethod.File : LayerMethod.Loop;
                }
            }
        }

        var method = Try(layer);
        if (method != LayerMethod.None)
        {
            Files.CreateDirectories(request.Paths.RunRoot, 0x1C0);
            File.WriteAllText(note, method == LayerMethod.File ? "file" : "loop");
        }

        return method;
    }

    // A mount that is never attached anywhere: closing it undoes all.
    private static LayerMethod Try(string layer)
    {
        if (CanMount(layer, out var errno))
        {
            return LayerMethod.File;
        }

        // ENOTBLK: files cannot be mounted. EINVAL: not on this file system, or not with these blocks.
        return errno is Errno.ENOTBLK or Errno.EINVAL or Errno.EOPNOTSUPP && CanLoop(layer) ? LayerMethod.Loop : LayerMethod.None;
    }

    private static bool CanLoop(string layer)
    {
        try
        {
            using var device = LoopHandler.Attach(layer);
            return CanMount(device.Path, out _);
        }
        catch (LinuxException)
        {
            return false;
        }
    }

    private static bool CanMount(string source, out Errno errno)
    {
        try
        {
            using var context = Mounts.FsOpen("erofs");
            Mounts.FsConfig(context, "source", source);
            Mounts.FsConfig(context, "ro", (string?)null);
            using var mount = Mounts.FsMount(context, MountAttributes.ReadOnly);
            errno = Errno.Success;
            return true;
        }
        catch (LinuxException e)
        {
            errno = e.Errno;
            return false;
        }
    }
}
