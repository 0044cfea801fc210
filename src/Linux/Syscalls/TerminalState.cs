using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>The settings of a terminal, kept to be put back.</summary>
public sealed class TerminalState
{
    internal Termios Value;

    internal TerminalState(Termios value) => Value = value;
}
