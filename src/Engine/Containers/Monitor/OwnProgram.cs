using System.Collections;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Containers.Monitor;

/// <summary>Starts this very program once more, for what an engine process leaves to another: in a session of its own, with nothing on its standard streams.</summary>
internal static class OwnProgram
{
    /// <summary>Starts it.</summary>
    /// <param name="arguments">Its arguments, its name first.</param>
    /// <param name="prepare">Adds what else the new process needs.</param>
    /// <returns>Null where it could not be executed.</returns>
    public static StartedChild? TryStart(IReadOnlyList<string> arguments, Action<ChildProgramBuilder> prepare)
    {
        var builder = new ChildProgramBuilder();
        builder.NewSession();
        var nothing = builder.Open("/dev/null", OpenFlags.ReadWrite);
        for (var stream = 0; stream <= 2; stream++)
        {
            builder.SetStandardStream(stream, nothing);
        }

        prepare(builder);
        builder.ChangeDirectory(builder.Open("/", OpenFlags.Path | OpenFlags.Directory), ".");
        builder.Execute([Environment.ProcessPath!], arguments, [.. OwnEnvironment()]);
        using var program = builder.Build();
        var child = ChildProcess.Start(program, new CloneOptions());
        if (child.ReadOutcome() is null)
        {
            return child;
        }

        Processes.WaitId(child.PidFd);
        child.Dispose();
        return null;
    }

    private static IEnumerable<string> OwnEnvironment()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            yield return $"{variable.Key}={variable.Value}";
        }
    }
}
