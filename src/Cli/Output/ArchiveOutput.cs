using System.Runtime.InteropServices;
using MiniDock.Abstractions;
using MiniDock.Linux;

namespace MiniDock.Cli.Output;

/// <summary>Where an archive goes: standard output, or a file that has its name only once it is whole.</summary>
internal static class ArchiveOutput
{
    private const int BufferBytes = 256 * 1024;
    private const int Interrupted = 130;

    /// <summary>Writes an archive.</summary>
    /// <param name="path">The file; null for standard output.</param>
    /// <param name="write">Writes it.</param>
    /// <exception cref="EngineException">Standard output is a terminal, or the path is no file; exit code 1.</exception>
    public static void Write(string? path, Action<Stream> write)
    {
        if (path is not null)
        {
            WriteFile(path, write);
            return;
        }

        var standard = Files.Borrow(1);
        if (Terminals.IsATty(standard))
        {
            throw new EngineException(
                "cowardly refusing to save to a terminal", "use the -o flag, or redirect: minidock export CONTAINER > FILE", exitCode: 1);
        }

        WriteTo(new DescriptorOutput(Files.Duplicate(standard), "standard output"), write);
    }

    private static void WriteFile(string path, Action<Stream> write)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        if (!Directory.Exists(directory))
        {
            throw new EngineException($"output path {path}: ENOENT (directory \"{directory}\" does not exist)", exitCode: 1);
        }

        if (Files.TryStatAt(null, path, followLink: true, out var stat) == Errno.Success && !stat.IsRegular)
        {
            throw new EngineException($"output path {path}: {(stat.IsDirectory ? "EISDIR (is a directory)" : "EINVAL (not a regular file)")}", exitCode: 1);
        }

        var temporary = Path.Combine(directory, $".minidock-{Guid.NewGuid():n}");
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Abort());
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Abort());
        try
        {
            var file = Files.Open(temporary, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, 0x180);
            WriteTo(new DescriptorOutput(file, path), write);
            Files.RenameAt2(null, temporary, null, path);
        }
        catch
        {
            Files.TryUnlinkAt(null, temporary);
            throw;
        }

        void Abort()
        {
            Files.TryUnlinkAt(null, temporary);
            Environment.Exit(Interrupted);
        }
    }

    private static void WriteTo(DescriptorOutput target, Action<Stream> write)
    {
        using var buffered = new BufferedStream(target, BufferBytes);
        write(buffered);
        buffered.Flush();
    }
}
