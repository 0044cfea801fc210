using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Run.Child;

/// <summary>Encodes the process's own surroundings and its exec.</summary>
internal static class ProcessEncoder
{
    public const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Writes a file of /proc through the mount that the child has made itself: no mount or link of an image lies between.</summary>
    public static void WriteProc(string path, string value, ChildEncoding encoding)
    {
        var program = encoding.Program;
        var proc = encoding.MountAt("/proc") ?? throw new InvalidOperationException("no /proc has been mounted");
        var file = program.OpenBelow(proc, path, OpenFlags.WriteOnly);
        program.Write(file, value);
        program.Close(file);
    }

    public static void OomScore(string value, ChildEncoding encoding)
    {
        var program = encoding.Program;
        var file = program.OpenInRoot(encoding.Root, "/proc/self/oom_score_adj", OpenFlags.WriteOnly);
        program.RequireFileSystem(file, (uint)FileSystemStat.Proc);
        program.Write(file, value);
        program.Close(file);
    }

    public static void AwaitHost(ChildEncoding encoding)
    {
        if (!encoding.HasRoot)
        {
            // Its mounts were made for it: what it has as root by now is the container's.
            encoding.Root = encoding.Program.Open("/", OpenFlags.Path | OpenFlags.Directory);
        }

        encoding.Program.SendDescriptor(encoding.Root);
        encoding.User = encoding.Program.WaitForValues(ResolvedUser.EncodedSize);
    }

    public static void Session(ChildEncoding encoding)
    {
        var (program, streams) = (encoding.Program, encoding.Streams);
        program.NewSession();
        program.SetStandardStream(0, program.Inherit(streams.Input));
        program.SetStandardStream(1, program.Inherit(streams.Output));
        program.SetStandardStream(2, program.Inherit(streams.Error));
        if (streams.IsTerminal)
        {
            program.SetControllingTerminal(0);
        }

        var user = program.Load(encoding.User!.Value.Plus(ResolvedUser.UserAt));
        for (var stream = 0; stream < 3; stream++)
        {
            program.GiveStandardStream(stream, user, streams.IsTerminal);
        }
    }

    public static void WorkingDirectory(StepValues arguments, ChildEncoding encoding)
    {
        if (arguments.Find("create") == "no")
        {
            encoding.Program.EnterDirectory(encoding.Root, arguments["path"]);
        }
        else
        {
            encoding.Program.ChangeDirectory(encoding.Root, arguments["path"]);
        }
    }

    public static void Execute(ChildEncoding encoding)
    {
        var process = encoding.Spec.Process;
        encoding.Program.SetFileModeMask(0x12);

        // HOME is known only when the user has been looked up inside: it comes with the user.
        var hasHome = process.Environment.Any(v => v.StartsWith("HOME=", StringComparison.Ordinal));
        Operand? home = hasHome ? null : encoding.User!.Value.Plus(ResolvedUser.HomeAt);
        encoding.Program.Execute(Candidates(process.Arguments[0], process.Environment), process.Arguments, process.Environment, home);
    }

    /// <summary>Where execvp(3) would look for a program.</summary>
    public static IReadOnlyList<string> Candidates(string program, IReadOnlyList<string> environment)
    {
        if (program.Contains('/'))
        {
            return [program];
        }

        var path = environment.LastOrDefault(v => v.StartsWith("PATH=", StringComparison.Ordinal))?[5..] ?? DefaultPath;
        return program.Length == 0 ? [] : [.. path.Split(':').Select(d => d.Length == 0 ? "./" + program : $"{d.TrimEnd('/')}/{program}")];
    }
}
