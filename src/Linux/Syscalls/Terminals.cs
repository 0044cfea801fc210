using System.Globalization;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>Terminals and pseudoterminals, <c>pty(7)</c>, <c>termios(3)</c>.</summary>
public static unsafe partial class Terminals
{
    /// <summary>Whether the descriptor is a terminal.</summary>
    public static bool IsATty(SafeFileHandle file)
    {
        using var fd = new FdLease(file);
        return Libc.isatty(fd.Number) == 1;
    }

    /// <summary>A new pseudoterminal of the given devpts instance, unlocked.</summary>
    /// <param name="ptmx">The multiplexer, in a container its own <c>/dev/pts/ptmx</c>.</param>
    /// <returns>The master, and the slave opened through the master (TIOCGPTPEER, Linux 4.13), so that no path is trusted.</returns>
    public static (SafeFileHandle Master, SafeFileHandle Slave) OpenPty(PathName ptmx)
    {
        SafeFileHandle master = Files.Open(ptmx, OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal);
        try
        {
            Unlock(master);
            return (master, OpenPeer(master));
        }
        catch
        {
            master.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="OpenPty(PathName)"/>
    public static (SafeFileHandle Master, SafeFileHandle Slave) OpenPty() => OpenPty("/dev/ptmx");

    /// <summary>Lets the slave be opened, TIOCSPTLCK.</summary>
    public static void Unlock(SafeFileHandle master)
    {
        using var fd = new FdLease(master);
        int locked = 0;
        Files.Check(CallResult.Of(Libc.ioctl(fd.Number, Constants.IoctlPtyLock, (nint)(&locked))), "unlock terminal", master);
    }

    /// <summary>Opens the slave of a master, TIOCGPTPEER.</summary>
    public static SafeFileHandle OpenPeer(SafeFileHandle master)
    {
        using var fd = new FdLease(master);
        var flags = OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal | OpenFlags.CloseOnExec;
        nint r = Libc.ioctl(fd.Number, Constants.IoctlPtyPeer, (nint)(int)flags);
        Files.Check(CallResult.Handle(r, out SafeFileHandle slave), "open terminal peer of", master);
        return slave;
    }

    /// <summary>The slave's name in its devpts: <c>/dev/pts/3</c>, TIOCGPTN.</summary>
    public static string PeerPath(SafeFileHandle master)
    {
        using var fd = new FdLease(master);
        uint number = 0;
        Files.Check(CallResult.Of(Libc.ioctl(fd.Number, Constants.IoctlPtyNumber, (nint)(&number))), "get terminal number of", master);
        return "/dev/pts/" + number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The terminal's settings, <c>tcgetattr(3)</c>. ENOTTY where it is none.</summary>
    public static TerminalState GetState(SafeFileHandle terminal)
    {
        using var fd = new FdLease(terminal);
        Termios value = default;
        Files.Check(CallResult.Of(Libc.tcgetattr(fd.Number, &value)), "get settings of", terminal);
        return new TerminalState(value);
    }

    /// <summary>Puts settings back, after pending output is written, <c>tcsetattr(3)</c>.</summary>
    public static void SetState(SafeFileHandle terminal, TerminalState state) => Set(terminal, state.Value);

    /// <summary>Every byte goes through as it is, and nothing is echoed, <c>cfmakeraw(3)</c>.</summary>
    /// <returns>The settings before.</returns>
    public static TerminalState MakeRaw(SafeFileHandle terminal)
    {
        TerminalState before = GetState(terminal);
        Termios raw = before.Value;
        Libc.cfmakeraw(&raw);
        Set(terminal, raw);
        return before;
    }

    /// <summary>The size in characters, TIOCGWINSZ; false where it is no terminal.</summary>
    public static bool TryGetWindowSize(SafeFileHandle terminal, out WindowSize size)
    {
        using var fd = new FdLease(terminal);
        WinSize value = default;
        int r = Libc.ioctl(fd.Number, Constants.IoctlGetWindowSize, (nint)(&value));
        size = new WindowSize(value.Rows, value.Columns);
        return r == 0;
    }

    /// <summary>Sets the size; the foreground process group gets SIGWINCH, TIOCSWINSZ.</summary>
    public static void SetWindowSize(SafeFileHandle terminal, WindowSize size)
    {
        using var fd = new FdLease(terminal);
        var value = new WinSize { Rows = size.Rows, Columns = size.Columns };
        Files.Check(CallResult.Of(Libc.ioctl(fd.Number, Constants.IoctlSetWindowSize, (nint)(&value))), "set size of", terminal);
    }

    private static void Set(SafeFileHandle terminal, Termios value)
    {
        using var fd = new FdLease(terminal);
        nint r;
        do
        {
            r = Libc.tcsetattr(fd.Number, Constants.TcSetDrain, &value);
        }
        while (CallResult.Interrupted(r));

        Files.Check(CallResult.Of(r), "set settings of", terminal);
    }
}
