using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Events;
using MiniDock.Engine.Images.Store;
using MiniDock.Engine.Images.Tar;
using MiniDock.Linux;

namespace MiniDock.Engine.Images.Import;

/// <summary>Makes an image of an archive of a root file system.</summary>
public sealed class ImageImporter(ImageStore store, IImageUsers users)
{
    private const int ExitCode = 1;

    private StagingDirectory? _staging;

    /// <summary>Removes what an import that runs on another thread has written. The process must end then.</summary>
    public void Abort() => _staging?.Dispose();

    /// <summary>Imports; returns the image's id. Nothing is left behind when it fails.</summary>
    /// <exception cref="EngineException">The source, the name, a change or the archive is not usable, or the disk is full.</exception>
    public Digest Import(ImportRequest request)
    {
        // All that can be wrong with the request is found before anything is written.
        var reference = request.Reference ?? ImportName.FromSource(request.Source);
        var defaults = ConfigChanges.Apply(new ImageRunConfig(), request.Changes);
        var shown = request.Source == "-" ? "standard input" : request.Source;
        try
        {
            using var archive = ArchiveSource.Open(request.Source);
            using var staging = store.BeginStaging(users, request.Sync);
            _staging = staging;
            var layerFile = Path.Combine(staging.DirectoryPath, "layer");
            using var file = Files.Open(layerFile, OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive, 0x180);
            var layer = LayerBuilder.Build(archive, file, request.Limits, request.Progress, writesBack: request.Sync);
            if (request.Sync)
            {
                Files.Fdatasync(file);
            }

            var id = store.Publish(staging, layerFile, layer, ConfigOf(request, layer, defaults, shown), reference);
            store.Events.Append(ImageEvents.Of(id, "tag", reference), ImageEvents.Of(id, "import"));
            return id;
        }
        catch (ArchiveException e)
        {
            throw new EngineException($"import {shown}: {e.Message}", e.Hint, ExitCode, e);
        }
        catch (IOException e) when (IsDiskFull(e))
        {
            throw new EngineException(
                $"import {shown}: ENOSPC (no space left in {store.Paths.Root})", "free some space, for example with: minidock image prune", ExitCode, e);
        }
    }

    private static ImageConfig ConfigOf(ImportRequest request, BuiltLayer layer, ImageRunConfig defaults, string shown)
    {
        var created = DateTimeOffset.UtcNow;
        return new ImageConfig
        {
            Created = created,
            RunConfig = defaults,
            DiffIds = [layer.DiffId],
            History = [new ImageHistory { Created = created, Comment = request.Message ?? $"Imported from {shown}" }],
        };
    }

    // .NET keeps the errno in the low half of HResult for errors of its own calls.
    private static bool IsDiskFull(IOException e) => e is LinuxException linux
        ? linux.Errno is Errno.ENOSPC or Errno.EDQUOT
        : (Errno)(e.HResult & 0xFFFF) is Errno.ENOSPC or Errno.EDQUOT
            || (e.InnerException is IOException inner && IsDiskFull(inner));
}
