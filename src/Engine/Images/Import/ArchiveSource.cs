using MiniDock.Abstractions;
using MiniDock.Linux;

namespace MiniDock.Engine.Images.Import;

/// <summary>Opens what is to be imported.</summary>
internal static class ArchiveSource
{
    /// <exception cref="EngineException">It is a URL, a directory, or not there.</exception>
    public static Stream Open(string source)
    {
        if (source == "-")
        {
            return new FileStream(Files.Duplicate(Files.Borrow(0)), FileAccess.Read, bufferSize: 0);
        }

        if (source.Contains("://", StringComparison.Ordinal))
        {
            throw new EngineException($"import {source}: URLs are not supported", $"download it first: curl -fL {source} | minidock import - NAME", 1);
        }

        var errno = Files.TryOpenAt(null, source, OpenFlags.ReadOnly | OpenFlags.NonBlocking, 0, out var file);
        if (errno != Errno.Success)
        {
            throw new EngineException($"import {source}: {ErrnoText.Name(errno)} ({ErrnoText.Text(errno)})", exitCode: 1);
        }

        if (Files.Stat(file).Kind == FileKind.Directory)
        {
            file.Dispose();
            throw new EngineException($"import {source}: EISDIR (is a directory)", $"pack it: tar -C {source} -c . | minidock import - NAME", 1);
        }

        Files.SetNonBlocking(file, false);
        return new FileStream(file, FileAccess.Read, bufferSize: 0);
    }
}
