using Microsoft.Win32.SafeHandles;

namespace MiniDock.Engine.Containers.Session;

/// <summary>Connects the standard streams of a container with whoever ran it.</summary>
public interface IContainerSession : IDisposable
{
    /// <summary>What the child gets as its descriptors 0, 1 and 2; the three may be the same.</summary>
    (SafeFileHandle Input, SafeFileHandle Output, SafeFileHandle Error) Descriptors { get; }

    /// <summary>Whether they are the slave side of a terminal that becomes the child's controlling one.</summary>
    bool IsTerminal { get; }

    /// <summary>Whether <see cref="Wait"/> returned before the process had ended: nobody waits for that.</summary>
    bool HasLeft => false;

    /// <summary>Carries data and signals until the container's first process has ended, and reaps it.</summary>
    /// <returns>Its exit code, 128+N when killed by signal N.</returns>
    int Wait(SafeFileHandle pidFd, int pid);
}
