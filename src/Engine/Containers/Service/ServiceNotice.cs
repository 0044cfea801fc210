using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using Microsoft.Win32.SafeHandles;

namespace MiniDock.Engine.Containers.Service;

/// <summary>Tells a service manager of one run of a container, where one wants to know.</summary>
internal sealed class ServiceNotice : IDisposable
{
    private const string InsideDirectory = "/run/notify";
    private readonly Supervisor _supervisor;
    private readonly SdNotifyMode _mode;
    private readonly ContainerNotices? _ofContainer;
    private bool _isTold;

    private ServiceNotice(Supervisor supervisor, SdNotifyMode mode, ContainerNotices? ofContainer) =>
        (_supervisor, _mode, _ofContainer) = (supervisor, mode, ofContainer);

    /// <summary>A container that tells of itself is given a socket for that; any other is left as it is.</summary>
    public static ContainerSpec Prepare(ContainerSpec spec, EnginePaths paths) =>
        spec.SdNotify != SdNotifyMode.Container || Supervisor.Find() is null ? spec : spec with
        {
            Process = spec.Process with { Environment = [.. spec.Process.Environment, $"NOTIFY_SOCKET={InsideDirectory}/{ContainerNotices.SocketName}"] },
            Mounts =
            [
                .. spec.Mounts,
                new MountSpec
                {
                    Type = "bind",
                    Source = ContainerNotices.Directory(paths, spec.Id),
                    Target = InsideDirectory,
                    Options = new Dictionary<string, string> { ["create-source"] = "true" },
                },
            ],
        };

    /// <summary>Begins, once the run directory is made and before the program runs; null where nobody is to be told.</summary>
    public static ServiceNotice? Open(ContainerSpec spec, EnginePaths paths) =>
        spec.SdNotify == SdNotifyMode.Ignore || Supervisor.Find() is not { } supervisor
            ? null
            : new ServiceNotice(supervisor, spec.SdNotify ?? SdNotifyMode.Conmon, spec.SdNotify == SdNotifyMode.Container ? new ContainerNotices(paths, spec.Id, supervisor) : null);

    /// <summary>The program runs.</summary>
    /// <param name="pidFd">The container's first process; open for as long as this is.</param>
    public void Started(SafeFileHandle pidFd)
    {
        if (_mode == SdNotifyMode.Conmon)
        {
            _supervisor.TellReady();
        }
        else
        {
            _supervisor.TellMainProcess();
            _ofContainer?.Forward(pidFd);
        }
    }

    /// <summary>A check of the container's health has come to this.</summary>
    public void Checked(HealthStatus status)
    {
        if (_mode == SdNotifyMode.Healthy && status == HealthStatus.Healthy && !_isTold)
        {
            _isTold = true;
            _supervisor.TellReady();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ofContainer?.Dispose();
}
