using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

public static unsafe partial class Terminals
{
    /// <summary>The signal that a byte typed at the terminal makes, <c>termios(3)</c> ISIG, VINTR and VQUIT.</summary>
    /// <param name="master">The master of a pseudoterminal.</param>
    /// <param name="typed">The byte.</param>
    /// <returns>SIGINT, SIGQUIT, or <see cref="Signal.None"/>.</returns>
    public static Signal SignalOf(SafeFileHandle master, byte typed)
    {
        Termios value = GetState(master).Value;
        if ((value.LocalFlags & Constants.TermiosSignals) == 0 || typed == 0)
        {
            return Signal.None;
        }

        // SAFETY: the structure has 60 bytes, and the characters end before them.
        byte* characters = (byte*)&value + Constants.TermiosCharacters;
        return typed == characters[Constants.TermiosInterrupt] ? Signal.SIGINT
            : typed == characters[Constants.TermiosQuit] ? Signal.SIGQUIT
            : Signal.None;
    }

    /// <summary>The foreground process group of a pseudoterminal, by its master, as the calling process numbers it; 0 where there is none (TIOCGPGRP).</summary>
    public static int ForegroundGroup(SafeFileHandle master)
    {
        using var fd = new FdLease(master);
        int group = 0;
        return Libc.ioctl(fd.Number, Constants.IoctlGetForegroundGroup, (nint)(&group)) == 0 ? group : 0;
    }
}
