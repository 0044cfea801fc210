using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Events;

/// <summary>Events of one more process in a container: docker's <c>exec_create</c>, <c>exec_start</c> and <c>exec_die</c>, which an id of their own holds together.</summary>
internal sealed class ExecEvents(EventLog log, ContainerSpec spec, IReadOnlyList<string> command)
{
    private readonly string _id = ContainerId.New().Value;

    /// <summary>Tells of a start and whether it succeeded.</summary>
    public T Around<T>(Func<T> start)
    {
        var text = string.Join(' ', command);
        var created = ContainerEvents.Of(spec, $"exec_create: {text}", ("execID", _id));
        try
        {
            var started = start();
            log.Append(created, ContainerEvents.Of(spec, $"exec_start: {text}", ("execID", _id)));
            return started;
        }
        catch (EngineException e)
        {
            log.Append(created);
            Die(e.ExitCode);
            throw;
        }
    }

    /// <summary>Its user has left its terminal.</summary>
    public void Detach() => log.Append(ContainerEvents.Of(spec, "exec_detach", ("execID", _id)));

    /// <summary>The process has ended.</summary>
    public void Die(int exitCode) =>
        log.Append(ContainerEvents.Of(spec, "exec_die", ("execID", _id), ("exitCode", exitCode.ToString(CultureInfo.InvariantCulture))));
}
