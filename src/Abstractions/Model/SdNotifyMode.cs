namespace MiniDock.Abstractions.Model;

/// <summary>Who tells a service manager that a container is ready, sd_notify(3); podman's <c>--sdnotify</c>.</summary>
public enum SdNotifyMode
{
    /// <summary>Whoever waits for the container, once its program runs.</summary>
    Conmon,

    /// <summary>The container itself, over a socket that it is given.</summary>
    Container,

    /// <summary>Whoever waits for the container, once a check of its health has succeeded.</summary>
    Healthy,

    /// <summary>Nobody.</summary>
    Ignore,
}
