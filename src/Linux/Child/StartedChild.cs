using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux.Child;

/// <summary>A child between its clone and the execution of its program, and after.</summary>
/// <remarks>Disposing it closes the control socket and the pidfd: a child that still waits to go on then ends.</remarks>
public sealed class StartedChild : IDisposable
{
    private readonly SafeFileHandle _control;

    internal StartedChild(int pid, SafeFileHandle pidFd, SafeFileHandle control)
    {
        Pid = pid;
        PidFd = pidFd;
        _control = control;
    }

    /// <summary>Its process id as this process sees it.</summary>
    public int Pid { get; }

    /// <summary>Its pidfd, pidfd_open(2).</summary>
    public SafeFileHandle PidFd { get; }

    /// <summary>Lets the child go on behind its next <see cref="ChildProgramBuilder.WaitForParent"/>.</summary>
    public void Proceed() => ControlSocket.Proceed(_control, [1]);

    /// <summary>Lets the child go on behind its next <see cref="ChildProgramBuilder.WaitForValues"/>, with the values it waits for.</summary>
    public void Proceed(ReadOnlySpan<byte> values) => ControlSocket.Proceed(_control, values);

    /// <summary>Waits for <see cref="ChildProgramBuilder.NotifyParent"/>.</summary>
    /// <returns>Whether it came; else the child has failed or died.</returns>
    public bool WaitUntilReady(out ChildFailure? failure)
    {
        var message = ControlSocket.Receive(_control);
        failure = ToFailure(message.Failure);
        return message.IsReady;
    }

    /// <summary>Waits for the descriptor that <see cref="ChildProgramBuilder.SendDescriptor"/> sends.</summary>
    /// <param name="failure">Why it did not come: the child's failure, or null if it died.</param>
    public SafeFileHandle? ReceiveDescriptor(out ChildFailure? failure)
    {
        var message = ControlSocket.Receive(_control);
        failure = ToFailure(message.Failure);
        return message.Descriptor;
    }

    /// <summary>Waits until the child has executed its program or failed.</summary>
    /// <returns>Its failure. Null: the program runs, or the child was killed, which its wait status tells.</returns>
    public ChildFailure? ReadOutcome()
    {
        while (true)
        {
            var message = ControlSocket.Receive(_control);
            message.Descriptor?.Dispose();
            if (message.Descriptor is null && !message.IsReady)
            {
                return ToFailure(message.Failure);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _control.Dispose();
        PidFd.Dispose();
    }

    private static ChildFailure? ToFailure(ChildReport? report) =>
        report is { } r ? new ChildFailure(r.Step, (Errno)r.Errno, r.SystemCall) : null;
}
