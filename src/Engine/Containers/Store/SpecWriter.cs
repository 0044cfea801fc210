using System.Text.Json;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Json;

namespace MiniDock.Engine.Containers.Store;

/// <summary>Writes a specification: an object whose members are called as those of <see cref="ContainerSpec"/>, in camel case.</summary>
/// <remarks>By hand, because every start writes one: setting up a serializer for these types costs more than the clone of the container.</remarks>
internal static class SpecWriter
{
    public static void Write(Utf8JsonWriter json, ContainerSpec spec)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, spec.Id.Value);
        json.WriteString("name"u8, spec.Name);
        json.WriteString("created"u8, spec.Created);
        Image(json, spec.Image);
        Process(json, spec.Process);
        json.Optional("hostname"u8, spec.Hostname);
        json.Optional("domainName"u8, spec.DomainName);
        json.WriteBoolean("readOnlyRoot"u8, spec.ReadOnlyRoot);
        json.WriteBoolean("autoRemove"u8, spec.AutoRemove);
        json.WriteBoolean("detached"u8, spec.Detached);
        json.WriteBoolean("openStdin"u8, spec.OpenStdin);
        json.Objects("mounts"u8, spec.Mounts, Mount);
        json.Objects("namespaces"u8, spec.Namespaces, Namespace);
        json.Objects("uidMap"u8, spec.UidMap, IdMap);
        json.Objects("gidMap"u8, spec.GidMap, IdMap);
        json.WriteBoolean("writesIdMaps"u8, spec.WritesIdMaps);
        json.WriteStartObject("resources"u8);
        LimitsJson.Write(json, spec.Resources);
        json.WriteEndObject();
        json.WriteString("cgroupDriver"u8, spec.CgroupDriver);
        json.Optional("cgroupParent"u8, spec.CgroupParent);
        json.WriteString("storageDriver"u8, spec.StorageDriver);
        json.Objects("networks"u8, spec.Networks, Attachment);
        json.Objects("ports"u8, spec.Ports, Port);
        json.Strings("exposedPorts"u8, spec.ExposedPorts);
        Dns(json, spec.Dns);
        Security(json, spec.Security);
        json.Objects("devices"u8, spec.Devices, Device);
        json.Map("sysctls"u8, spec.Sysctls);
        json.WriteNumber("shmSizeBytes"u8, spec.ShmSizeBytes);
        json.Map("labels"u8, spec.Labels);
        json.Map("annotations"u8, spec.Annotations);
        Log(json, spec.Log);
        Restart(json, spec.Restart);
        Hooks(json, spec.Hooks);
        Healthcheck(json, spec.Healthcheck);
        json.Optional("sdNotify"u8, spec.SdNotify switch
        {
            null => null,
            SdNotifyMode.Conmon => nameof(SdNotifyMode.Conmon),
            SdNotifyMode.Container => nameof(SdNotifyMode.Container),
            SdNotifyMode.Healthy => nameof(SdNotifyMode.Healthy),
            _ => nameof(SdNotifyMode.Ignore),
        });
        if (spec.CreateCommand is { } made)
        {
            json.Strings("createCommand"u8, made);
        }

        json.WriteString("stopSignal"u8, spec.StopSignal);
        json.WriteNumber("stopTimeoutSeconds"u8, spec.StopTimeoutSeconds);
        json.WriteEndObject();
    }

    /// <summary>A published port, which a state has too.</summary>
    public static void Port(Utf8JsonWriter json, PortMapping port)
    {
        json.Optional("hostAddress"u8, port.HostAddress);
        json.WriteNumber("hostPort"u8, port.HostPort);
        if (port.HostPortLast != 0)
        {
            json.WriteNumber("hostPortLast"u8, port.HostPortLast);
        }

        json.WriteNumber("containerPort"u8, port.ContainerPort);
        json.WriteString("protocol"u8, port.Protocol);
    }

    private static void Image(Utf8JsonWriter json, ImageSelection image)
    {
        json.WriteStartObject("image"u8);
        json.WriteString("reference"u8, image.Reference);
        json.WriteString("id"u8, image.Id.ToString());
        json.WriteStartArray("diffIds"u8);
        foreach (var diffId in image.DiffIds)
        {
            json.WriteStringValue(diffId.ToString());
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Process(Utf8JsonWriter json, ProcessSpec process)
    {
        json.WriteStartObject("process"u8);
        json.Strings("arguments"u8, process.Arguments);
        json.WriteNumber("entrypointCount"u8, process.EntrypointCount);
        json.Strings("environment"u8, process.Environment);
        json.WriteString("workingDirectory"u8, process.WorkingDirectory);
        json.WriteString("user"u8, process.User);
        json.Strings("additionalGroups"u8, process.AdditionalGroups);
        json.WriteBoolean("terminal"u8, process.Terminal);
        json.WriteBoolean("init"u8, process.Init);
        json.Objects("rlimits"u8, process.Rlimits, static (json, limit) =>
        {
            json.WriteString("name"u8, limit.Name);
            json.WriteNumber("soft"u8, limit.Soft);
            json.WriteNumber("hard"u8, limit.Hard);
        });
        json.WriteNumber("oomScoreAdjust"u8, process.OomScoreAdjust);
        json.WriteEndObject();
    }

    /// <summary>The members of a mount, which the plan of a live change holds too.</summary>
    public static void Mount(Utf8JsonWriter json, MountSpec mount)
    {
        json.WriteString("type"u8, mount.Type);
        json.WriteString("source"u8, mount.Source);
        json.WriteString("target"u8, mount.Target);
        json.WriteBoolean("readOnly"u8, mount.ReadOnly);
        json.Strings("flags"u8, mount.Flags);
        json.WriteString("propagation"u8, mount.Propagation.ToString());
        json.Map("options"u8, mount.Options);
    }

    private static void Namespace(Utf8JsonWriter json, NamespaceSpec space)
    {
        json.WriteString("type"u8, space.Type.ToString());
        json.WriteString("mode"u8, space.Mode.ToString());
        json.Optional("target"u8, space.Target);
    }

    private static void IdMap(Utf8JsonWriter json, IdMapping map)
    {
        json.WriteNumber("inside"u8, map.Inside);
        json.WriteNumber("outside"u8, map.Outside);
        json.WriteNumber("length"u8, map.Length);
    }

    private static void Attachment(Utf8JsonWriter json, AttachmentSpec attachment)
    {
        json.WriteString("provider"u8, attachment.Provider);
        json.Optional("instance"u8, attachment.Instance);
        json.Map("options"u8, attachment.Options);
    }

    private static void Dns(Utf8JsonWriter json, DnsSpec dns)
    {
        json.WriteStartObject("dns"u8);
        json.Strings("servers"u8, dns.Servers);
        json.Strings("search"u8, dns.Search);
        json.Strings("options"u8, dns.Options);
        json.Strings("extraHosts"u8, dns.ExtraHosts);
        json.WriteEndObject();
    }

    private static void Security(Utf8JsonWriter json, SecuritySpec security)
    {
        json.WriteStartObject("security"u8);
        json.WriteBoolean("privileged"u8, security.Privileged);
        json.Strings("capAdd"u8, security.CapAdd);
        json.Strings("capDrop"u8, security.CapDrop);
        json.WriteBoolean("noNewPrivileges"u8, security.NoNewPrivileges);
        json.Optional("seccomp"u8, security.Seccomp);
        json.WriteBoolean("unmaskedPaths"u8, security.UnmaskedPaths);
        json.WriteEndObject();
    }

    private static void Device(Utf8JsonWriter json, DeviceSpec device)
    {
        json.WriteString("source"u8, device.Source);
        json.WriteString("target"u8, device.Target);
        json.WriteString("access"u8, device.Access);
    }

    private static void Log(Utf8JsonWriter json, LogSpec log)
    {
        json.WriteStartObject("log"u8);
        json.WriteString("driver"u8, log.Driver);
        json.WriteNumber("maxSizeBytes"u8, log.MaxSizeBytes);
        json.WriteNumber("maxFiles"u8, log.MaxFiles);
        json.WriteEndObject();
    }

    private static void Hooks(Utf8JsonWriter json, HookSpec? hooks)
    {
        if (hooks is not null)
        {
            json.WriteStartObject("hooks"u8);
            json.Strings("preStart"u8, hooks.PreStart);
            json.Strings("postStop"u8, hooks.PostStop);
            if (hooks.Plugins.Count > 0)
            {
                json.Strings("plugins"u8, hooks.Plugins);
            }

            json.WriteEndObject();
        }
    }

    private static void Healthcheck(Utf8JsonWriter json, HealthcheckSpec? check)
    {
        if (check is not null)
        {
            json.WriteStartObject("healthcheck"u8);
            json.Strings("test"u8, check.Test);
            json.WriteNumber("intervalNanoseconds"u8, check.IntervalNanoseconds);
            json.WriteNumber("timeoutNanoseconds"u8, check.TimeoutNanoseconds);
            json.WriteNumber("startPeriodNanoseconds"u8, check.StartPeriodNanoseconds);
            json.WriteNumber("startIntervalNanoseconds"u8, check.StartIntervalNanoseconds);
            json.WriteNumber("retries"u8, check.Retries);
            json.WriteEndObject();
        }
    }

    private static void Restart(Utf8JsonWriter json, RestartPolicy policy)
    {
        json.WriteStartObject("restart"u8);
        json.WriteString("name"u8, policy.Name);
        json.WriteNumber("maximumRetries"u8, policy.MaximumRetries);
        json.WriteEndObject();
    }
}
