using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Run.Security;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Run.Child;

/// <summary>Encodes groups, namespaces, limits, credentials and filter.</summary>
internal static class IdentityEncoder
{
    private static readonly string[] ResourceNames =
    [
        "cpu", "fsize", "data", "stack", "core", "rss", "nproc", "nofile", "memlock", "as", "locks", "sigpending", "msgqueue", "nice", "rtprio", "rttime",
    ];

    public static void JoinCgroups(StepValues arguments, ChildEncoding encoding)
    {
        // Opened by the engine: the kernel judges a move by who has opened the file, and a child in a user namespace is nobody there.
        foreach (var path in arguments["files"].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            encoding.Program.Write(encoding.Pass(Files.Open(path, OpenFlags.WriteOnly)), "0");
        }
    }

    public static void JoinNamespace(StepValues arguments, ChildEncoding encoding)
    {
        var type = Enum.Parse<NamespaceType>(arguments["type"]);

        // Whoever lives there already may not look into this copy of the engine.
        encoding.Program.ForbidTracing();
        encoding.Program.JoinNamespace(encoding.Program.Inherit(encoding.Streams.Namespaces[type]), ChildNamespaces.Flag(type));
    }

    public static void JoinProcess(StepValues arguments, ChildEncoding encoding)
    {
        var types = arguments["types"].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(NamespaceTypes.None, (all, name) => all | ChildNamespaces.Flag(NamespaceText.TypeOf(name)!.Value));
        encoding.Program.ForbidTracing();
        if (types != NamespaceTypes.None)
        {
            encoding.Program.JoinNamespace(encoding.Program.Inherit(encoding.Target!), types);
        }

        if (arguments["root"] == "true")
        {
            encoding.Program.SetUser(0, 0, null);
        }
    }

    public static void AwaitIdMaps(StepValues arguments, ChildProgramBuilder program)
    {
        program.NotifyParent();
        program.WaitForParent();
        program.ChangeDirectory("/");
        if (arguments["maps"] == "true")
        {
            program.SetUser(0, 0, null);
        }
    }

    public static void Limit(StepValues arguments, ChildProgramBuilder program)
    {
        var resource = Array.IndexOf(ResourceNames, arguments["name"]);
        if (resource < 0)
        {
            throw new EngineException($"ulimit {arguments["name"]}: unknown", $"known limits: {string.Join(' ', ResourceNames)}");
        }

        program.SetLimit((Resource)resource, Parse(arguments["soft"]), Parse(arguments["hard"]));
    }

    public static void Seccomp(StepValues arguments, ChildEncoding encoding)
    {
        var filter = SeccompFilters.Of(encoding.Spec.Security, Convert.ToUInt64(arguments["capabilities"], 16));
        encoding.Program.LoadSeccomp(filter.Instructions, filter.Flags);
    }

    public static void Credentials(StepValues arguments, ChildEncoding encoding)
    {
        var program = encoding.Program;
        var capabilities = Convert.ToUInt64(arguments["capabilities"], 16);
        program.LimitBoundingSet(capabilities, int.Parse(arguments["last"], CultureInfo.InvariantCulture));
        var user = encoding.User ?? throw new InvalidOperationException("no step has waited for the user");
        if (!UserNamespaceMounts.HasNoIds(encoding.Spec))
        {
            program.SetUser(
                program.Load(user.Plus(ResolvedUser.UserAt)),
                program.Load(user.Plus(ResolvedUser.GroupAt)),
                program.Load(user.Plus(ResolvedUser.GroupCountAt)),
                user.Plus(ResolvedUser.GroupsAt));
        }

        program.SetCapabilities(capabilities);
    }

    private static ulong Parse(string limit) => limit == "unlimited" ? ulong.MaxValue : ulong.Parse(limit, CultureInfo.InvariantCulture);
}
