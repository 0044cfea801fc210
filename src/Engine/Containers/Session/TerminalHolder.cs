using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Containers.Monitor;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Session;

/// <summary>A process of this program that keeps a terminal open whose user has left: without its master, what runs on it would be hung up. What
/// is written to it is lost. It ends when nothing has the terminal open any more.</summary>
public static class TerminalHolder
{
    private const string Verb = "(terminal)";
    private const int Descriptor = 100;

    /// <summary>Starts one.</summary>
    /// <param name="master">The terminal; it stays the caller's too.</param>
    /// <returns>False where it could not be started.</returns>
    internal static bool Start(SafeFileHandle master)
    {
        using var holder = OwnProgram.TryStart(["minidock", Verb], builder => builder.SetStandardStream(Descriptor, builder.Inherit(master)));
        return holder is not null;
    }

    /// <summary>Whether what follows the program's name asks for one.</summary>
    public static bool IsAskedFor(IReadOnlyList<string> arguments) => arguments is [Verb];

    /// <summary>Holds the terminal to its end.</summary>
    public static int Run()
    {
        using var master = new SafeFileHandle(Descriptor, ownsHandle: true);
        var buffer = new byte[4096];
        Errno error;
        int count;
        do
        {
            Polling.WaitFor(master, PollEvents.Read, -1);
            error = Files.TryRead(master, buffer, out count);
        }
        while (error == Errno.EAGAIN || (error == Errno.Success && count > 0));

        return 0;
    }
}
