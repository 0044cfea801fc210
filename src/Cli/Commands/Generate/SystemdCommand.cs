using System.CommandLine;
using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Cli.Input;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Generate;

/// <summary><c>minidock generate systemd</c>, with podman's flags.</summary>
internal static class SystemdCommand
{
    private static readonly string[] s_policies = ["no", "on-success", "on-failure", "on-abnormal", "on-watchdog", "on-abort", "always"];

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var anew = new Option<bool>("--new") { Description = "make the container anew at each start, and remove it at its end" };
        var files = new Option<bool>("--files", "-f") { Description = "write into files here, and print their paths" };
        var byName = new Option<bool>("--name", "-n") { Description = "call the unit by the container's name, not by its id" };
        var boot = new Option<bool>("--boot") { Description = "the unit that starts at boot whatever --restart wants up; takes no container" };
        var policy = new Option<string>("--restart-policy") { HelpName = "POLICY", Description = "systemd's Restart= (default on-failure)", DefaultValueFactory = _ => "on-failure" };
        var pause = new Option<int?>("--restart-sec") { HelpName = "SECONDS", Description = "systemd's RestartSec=" };
        var time = new Option<int?>("--time", "-t") { HelpName = "SECONDS", Description = "time to stop in before it is killed (default the container's)" };
        var prefix = new Option<string>("--container-prefix") { HelpName = "TEXT", Description = "what the unit's name begins with (default container)", DefaultValueFactory = _ => "container" };
        var separator = new Option<string>("--separator") { HelpName = "TEXT", Description = "between that and the container (default -)", DefaultValueFactory = _ => "-" };
        var noHeader = new Option<bool>("--no-header") { Description = "leave the comment at the top away" };
        var wants = new Option<string[]>("--wants") { HelpName = "UNIT", Description = "add Wants=; repeatable" };
        var after = new Option<string[]>("--after") { HelpName = "UNIT", Description = "add After=; repeatable" };
        var requires = new Option<string[]>("--requires") { HelpName = "UNIT", Description = "add Requires=; repeatable" };
        var name = new Argument<string?>("CONTAINER") { Arity = ArgumentArity.ZeroOrOne };
        var command = new VerbCommand("generate systemd", "Write a unit for systemd that runs a container")
        {
            Usage = "[OPTIONS] CONTAINER",
            Examples =
            [
                "minidock generate systemd --name web > /etc/systemd/system/container-web.service",
                "minidock generate systemd --new --files --name web",
                "minidock generate systemd --boot > /etc/systemd/system/minidock-restart.service",
            ],
            Details = "The unit is of Type=notify: it is started when the container's program runs, or when the container says so itself (run --sdnotify container).\n"
                + "Then: systemctl daemon-reload && systemctl enable --now UNIT.",
            Completes = (c, _) => Completion.Containers(c),
            CompletesFlag = (_, flag) => flag == policy.Name ? s_policies : [],
            Options = { after, boot, prefix, files, byName, anew, noHeader, requires, policy, pause, separator, time, wants },
            Arguments = { name },
        };
        command.SetAction(parsed =>
        {
            var unit = new UnitText(Environment.ProcessPath!, context.Paths)
            {
                RestartPolicy = Policy(parsed.GetValue(policy)!),
                RestartSeconds = parsed.GetValue(pause),
                Wants = parsed.GetValue(wants) ?? [],
                After = parsed.GetValue(after) ?? [],
                Requires = parsed.GetValue(requires) ?? [],
                HasHeader = !parsed.GetValue(noHeader),
            };
            if (parsed.GetValue(boot) != parsed.GetValue(name) is null)
            {
                throw new UsageException("'minidock generate systemd' requires a container, or --boot", "minidock generate systemd [OPTIONS] CONTAINER", exitCode: 125);
            }

            if (parsed.GetValue(boot))
            {
                return Put(context, "minidock-restart.service", unit.AtBoot(), parsed.GetValue(files));
            }

            var container = context.Get<ContainerStore>().Find(parsed.GetValue(name)!);
            var service = string.Create(
                CultureInfo.InvariantCulture,
                $"{parsed.GetValue(prefix)}{parsed.GetValue(separator)}{(parsed.GetValue(byName) ? container.Spec.Name : container.Id.Value)}.service");
            var known = parsed.GetValue(byName) ? container.Spec.Name : container.Id.Value;
            var seconds = parsed.GetValue(time) ?? container.Spec.StopTimeoutSeconds;
            var text = parsed.GetValue(anew) ? unit.Anew(service, container.Spec, seconds) : unit.Existing(service, known, seconds);
            return Put(context, service, text, parsed.GetValue(files));
        });
        return command;
    }

    private static string Policy(string text) => Array.IndexOf(s_policies, text) >= 0
        ? text
        : throw new EngineException($"--restart-policy {text}: EINVAL (not a policy of systemd)", $"the policies are {string.Join(", ", s_policies)}");

    private static int Put(CliContext context, string service, string text, bool asFile)
    {
        if (!asFile)
        {
            context.Out.Write(text);
            return 0;
        }

        if (service.Contains('/'))
        {
            throw new EngineException($"unit {service}: EINVAL (a name has no slash)");
        }

        var path = Path.Combine(Directory.GetCurrentDirectory(), service);
        File.WriteAllText(path, text);
        context.Out.WriteLine(path);
        return 0;
    }
}
