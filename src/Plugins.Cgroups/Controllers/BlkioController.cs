using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Cgroups.Controllers;

/// <summary>Block I/O weight and limits per device (cgroup-v1/blkio-controller.rst, cgroup-v2.rst "IO").</summary>
internal sealed class BlkioController : ICgroupController
{
    private const int MinimumWeight = 10;
    private const int MaximumWeight = 1000;

    public string Name => "blkio";

    public string UnifiedName => "io";

    public string? AskedBy(ContainerSpec spec) =>
        spec.Resources.BlkioWeight is not null ? "--blkio-weight"
        : spec.Resources.BlkioDevices is [var first, ..] ? first.Flag
        : null;

    public IEnumerable<Problem> Validate(CgroupRequest request, CgroupVersion version)
    {
        var limits = request.Spec.Resources;
        if (limits.BlkioWeight is < MinimumWeight or > MaximumWeight)
        {
            yield return new Problem($"blkio weight {limits.BlkioWeight}: ERANGE", "give a number from 10 to 1000");
        }

        foreach (var device in limits.BlkioDevices)
        {
            if (device.Kind == BlkioDeviceLimit.Weight && device.Rate is < MinimumWeight or > MaximumWeight)
            {
                yield return new Problem($"blkio weight {device.Path}:{device.Rate}: ERANGE", "give a number from 10 to 1000");
            }
            else if (device.Rate <= 0)
            {
                yield return new Problem($"device {device.Kind} {device.Path}:{device.Rate}: ERANGE", "give a rate above 0");
            }

            var errno = Files.TryStatAt(null, device.Path, followLink: true, out var stat);
            if (errno != Errno.Success)
            {
                yield return new Problem(new LinuxException("limit device", device.Path, errno).Message, "give a block device of the host; see lsblk");
            }
            else if (stat.Kind != FileKind.BlockDevice)
            {
                yield return new Problem($"limit device {device.Path}: ENOTBLK (not a block device)", "give a block device of the host; see lsblk");
            }
            else if (device.Kind == BlkioDeviceLimit.Weight && !KnowsWeights(request, version, stat.RawDevice.ToString()))
            {
                yield return new Problem(
                    $"blkio weight {device.Path}: EOPNOTSUPP (the scheduler of this device knows no weights)",
                    "turn it on: echo bfq > /sys/block/DEVICE/queue/scheduler, with the disk, not a partition, as DEVICE");
            }
        }
    }

    public string? Unlimited(CgroupWrite write)
    {
        if (write.File.Contains("weight", StringComparison.Ordinal))
        {
            return write.Value.IndexOf(' ') is > 0 and var end ? write.Value[..end] + " default" : null;
        }

        // "8:0 1048576" and "8:0 rbps=1048576"
        var (space, equals) = (write.Value.IndexOf(' '), write.Value.IndexOf('='));
        return equals < 0 ? write.Value[..space] + " 0" : write.Value[..equals] + "=max";
    }

    public IEnumerable<CgroupWrite> Writes(CgroupRequest request, CgroupVersion version)
    {
        var limits = request.Spec.Resources;
        if (limits.BlkioWeight is { } weight)
        {
            // BFQ's file where that scheduler is, else the older one of version 1, or version 2's of the cost model with its scale of 1 to 10000.
            yield return version == CgroupVersion.V1
                ? new("blkio.bfq.weight|blkio.weight", Text(weight))
                : new("io.bfq.weight|io.weight", Text(weight));
        }

        foreach (var device in limits.BlkioDevices)
        {
            var number = Files.Stat(device.Path).RawDevice.ToString();
            yield return device.Kind == BlkioDeviceLimit.Weight
                ? new(version == CgroupVersion.V1 ? "blkio.bfq.weight_device|blkio.weight_device" : "io.bfq.weight|io.weight", $"{number} {Text(device.Rate)}")
                : version == CgroupVersion.V1
                ? new($"blkio.throttle.{device.Kind.Replace('-', '_')}_device", $"{number} {Text(device.Rate)}")
                : new("io.max", $"{number} {Key(device.Kind)}={Text(device.Rate)}");
        }
    }

    /// <summary>The weight as a file takes it, also <c>8:0 100</c>: io.weight has a scale of its own, 10 to 1000 onto 1 to 10000, the ends on each other.
    /// What the kernel itself told, <c>default 100</c>, stays.</summary>
    public static string Scaled(string file, string value)
    {
        var number = value.LastIndexOf(' ') + 1;
        return file == "io.weight" && !value.StartsWith("default ", StringComparison.Ordinal) && long.TryParse(value[number..], NumberStyles.None, CultureInfo.InvariantCulture, out var weight)
            ? value[..number] + Text(1 + ((weight - MinimumWeight) * 9999 / 990))
            : value;
    }

    // BFQ, or version 2's cost model where it was turned on for the device.
    private static bool KnowsWeights(CgroupRequest request, CgroupVersion version, string number) =>
        CgroupFiles.TryRead($"/sys/dev/block/{number}/queue/scheduler")?.Contains("[bfq]", StringComparison.Ordinal) == true
        || (version == CgroupVersion.V2 && CgroupFiles.TryRead($"{request.Host.Cgroups.UnifiedMount}/io.cost.qos") is { } costs
            && costs.Split('\n').Any(line => line.StartsWith($"{number} enable=1", StringComparison.Ordinal)));

    // read-bps -> rbps, write-iops -> wiops
    private static string Key(string kind) => kind[0] + kind[(kind.IndexOf('-') + 1)..];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
