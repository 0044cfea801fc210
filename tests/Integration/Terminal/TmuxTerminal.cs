using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Terminal;

/// <summary>A terminal that a user would sit at, with a shell in it: a pane of a tmux(1) server of its own.</summary>
internal sealed class TmuxTerminal : IDisposable
{
    private readonly string _server = $"minidock-test-{Guid.NewGuid():n}"[..24];

    /// <summary>Opens it.</summary>
    public TmuxTerminal(int columns = 80, int rows = 24)
    {
        Requires.Program("tmux");
        Tmux("-f", "/dev/null", "new-session", "-d", "-x", $"{columns}", "-y", $"{rows}", "env -i PATH=$PATH TERM=screen PS1='ready> ' sh");
        WaitFor("ready>");
    }

    /// <summary>Everything that the pane shows, with the lines that scrolled away.</summary>
    public string Text => HostCommand.Run("tmux", "-L", _server, "capture-pane", "-p", "-J", "-S", "-").Stdout;

    /// <summary>Types text and presses Enter.</summary>
    public void Enter(string line)
    {
        Tmux("send-keys", "-l", line);
        Press("Enter");
    }

    /// <summary>Presses keys by tmux's names, such as <c>C-c</c>.</summary>
    public void Press(params string[] keys) => Tmux(["send-keys", .. keys]);

    /// <summary>Changes the size.</summary>
    public void Resize(int columns, int rows) => Tmux("resize-window", "-x", $"{columns}", "-y", $"{rows}");

    /// <summary>Waits until the text is shown. It must not be part of what was typed.</summary>
    public void WaitFor(string text)
    {
        var shown = "";
        if (!Eventually.Holds(() => (shown = Text).Contains(text, StringComparison.Ordinal), RunningCommand.DefaultTimeOut))
        {
            Assert.Fail($"the terminal never showed '{text}':\n{shown}");
        }
    }

    /// <summary>Runs a command of the shell and gives its output.</summary>
    public string Run(string command)
    {
        var mark = $"{Guid.NewGuid():n}"[..8];

        // The marks are put together by the shell, so that the echo of the line is not taken for them.
        Enter($"echo '<'{mark}; {command}; echo {mark}'>'");
        WaitFor($"{mark}>");
        var text = Text;
        var start = text.LastIndexOf($"<{mark}", StringComparison.Ordinal) + mark.Length + 1;
        return text[start..text.LastIndexOf($"{mark}>", StringComparison.Ordinal)].Trim();
    }

    /// <summary>The window is closed: what runs in it gets SIGHUP.</summary>
    public void Close() => HostCommand.Run("tmux", "-L", _server, "kill-server");

    /// <inheritdoc/>
    public void Dispose() => Close();

    private void Tmux(params string[] arguments) => HostCommand.Run("tmux", ["-L", _server, .. arguments]).ShouldSucceed();
}
