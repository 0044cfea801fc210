using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Tests.Integration.Child;

/// <summary>What came of a child.</summary>
public sealed record ChildRun(ChildFailure? Failure, int ExitCode, string Output)
{
    public static readonly NamespaceTypes Container =
        NamespaceTypes.Mount | NamespaceTypes.Pid | NamespaceTypes.Uts | NamespaceTypes.Ipc | NamespaceTypes.Network;

    /// <summary>Runs a program to its end, with standard output and error in a pipe.</summary>
    public static ChildRun Of(Action<ChildProgramBuilder> stage, CloneOptions? options = null, Action<StartedChild>? meanwhile = null)
    {
        (SafeFileHandle reading, SafeFileHandle writing) = Pipes.Create();
        using SafeFileHandle output = reading;
        using var childSide = writing;
        using var nothing = File.OpenHandle("/dev/null");
        var builder = new ChildProgramBuilder();
        builder.SetStandardStream(0, builder.Inherit(nothing));
        Operand pipe = builder.Inherit(childSide);
        builder.SetStandardStream(1, pipe);
        builder.SetStandardStream(2, pipe);
        stage(builder);
        using ChildProgram program = builder.Build();
        using StartedChild child = ChildProcess.Start(program, options ?? new CloneOptions());
        childSide.Dispose();
        meanwhile?.Invoke(child);
        ChildFailure? failure = child.ReadOutcome();
        using var reader = new StreamReader(new FileStream(output, FileAccess.Read, 1));
        string text = reader.ReadToEnd();
        WaitStatus status = Processes.WaitId(child.PidFd) ?? throw new InvalidOperationException("the child was not there");
        return new ChildRun(failure, status.ShellExitCode, text.TrimEnd());
    }

    /// <summary>The steps that make a directory the root of the child.</summary>
    public static Operand EnterRoot(ChildProgramBuilder builder, string directory)
    {
        builder.Mount(null, "/", null, MountFlags.Slave | MountFlags.Recursive, null);
        builder.Mount(directory, directory, null, MountFlags.Bind | MountFlags.Recursive, null);
        return builder.Open(directory, OpenFlags.Path | OpenFlags.Directory);
    }

    public static void Shell(ChildProgramBuilder builder, string script) =>
        builder.Execute(["/bin/sh"], ["sh", "-c", script], ["PATH=/bin:/sbin:/usr/bin:/usr/sbin"]);
}
