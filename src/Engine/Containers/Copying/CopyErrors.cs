using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Images.Tar;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Copying;

/// <summary>Errors of a copy, with docker's words and its exit code.</summary>
internal static class CopyErrors
{
    private const int ExitCode = 1;

    /// <summary>The source of a container cannot be opened.</summary>
    public static EngineException Source(ContainerSpec spec, CopyPath path, Errno errno) => errno == Errno.ENOENT
        ? new($"copy {spec.Name}:{path.Path}: ENOENT (could not find the file {path.Path} in container {spec.Name})", exitCode: ExitCode)
        : Plain($"{spec.Name}:{path.Path}", errno);

    /// <summary>The source on the host cannot be opened.</summary>
    public static EngineException Plain(string shown, Errno errno) => new($"copy {shown}: {ErrnoText.Name(errno)} ({ErrnoText.Text(errno)})", exitCode: ExitCode);

    /// <summary>Does the copy; what goes wrong is told of its destination.</summary>
    public static void Guard(string shown, Action copy)
    {
        try
        {
            copy();
        }
        catch (ArchiveException e)
        {
            throw new EngineException($"copy to {shown}: {e.Message}", e.Hint, ExitCode, e);
        }
        catch (EngineException e)
        {
            throw new EngineException($"copy to {shown}: {e.Message}", e.Hint, ExitCode, e);
        }
        catch (LinuxException e) when (e.Errno == Errno.EROFS)
        {
            throw new EngineException($"copy to {shown}: EROFS (container rootfs or mounted volume is marked read-only)", exitCode: ExitCode, inner: e);
        }
        catch (Exception e) when (e is LinuxException or IOException)
        {
            throw new EngineException($"copy to {shown}: {e.Message}", (e as LinuxException)?.Hint, ExitCode, e);
        }
    }
}
