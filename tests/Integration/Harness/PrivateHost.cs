using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace MiniDock.Tests.Integration.Harness;

/// <summary>
/// Runs the whole test program in network and mount namespaces of its own, which the tests then call the host: what the
/// engine does to links, rules and mounts cannot touch the machine, and other programs' links cannot look like leaks.
/// Without root it refuses to start, so that nothing is counted as passed that never ran.
/// </summary>
internal static class PrivateHost
{
    private const string Marker = "MINIDOCK_TEST_PRIVATE_HOST";

    private const string SetUp =
        "mount -t tmpfs -o mode=755 tmpfs /run/netns 2>/dev/null || { mkdir -p /run/netns && mount -t tmpfs -o mode=755 tmpfs /run/netns; } " +
        "&& ip link set lo up && exec \"$@\"";

#pragma warning disable CA2255 // the first code of the program must be this, before any test is found
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Enter()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Console.Error.WriteLine("integration tests: they make namespaces, mounts and links: run as root");
            Environment.Exit(2);
        }

        if (Environment.GetEnvironmentVariable(Marker) is not null)
        {
            return;
        }

        var start = new ProcessStartInfo("unshare") { UseShellExecute = false };
        string[] prefix = ["--net", "--mount", "--propagation", "private", "--", "sh", "-c", SetUp, "sh", Environment.ProcessPath!];
        foreach (var argument in (string[])[.. prefix, .. Environment.GetCommandLineArgs().Skip(1)])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Marker] = "1";
        using var inside = Process.Start(start)!;
        inside.WaitForExit();
        Environment.Exit(inside.ExitCode);
    }
}
