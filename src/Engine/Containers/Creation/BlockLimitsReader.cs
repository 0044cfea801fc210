using System.Globalization;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads the limits on block devices.</summary>
internal sealed class BlockLimitsReader(Findings findings, RunFlags flags, ResourceLimits? before)
{
    private const int MinimumWeight = 10;
    private const int MaximumWeight = 1000;

    /// <summary>The weight on every device.</summary>
    public int? Weight()
    {
        var weight = new LimitNumbers(findings).Whole("--blkio-weight", flags.BlkioWeight, 0, MaximumWeight);
        if (weight is > 0 and < MinimumWeight)
        {
            findings.Invalid("--blkio-weight", flags.BlkioWeight!, "not a whole number from 10 to 1000");
        }

        return weight is null or 0 ? before?.BlkioWeight : (int)weight;
    }

    /// <summary>Rates and weights of single devices.</summary>
    public IReadOnlyList<BlkioDeviceLimit> Devices()
    {
        if (flags.BlkioDevices.Count == 0)
        {
            return before?.BlkioDevices ?? [];
        }

        var limits = new List<BlkioDeviceLimit>(before?.BlkioDevices ?? []);
        foreach (var (kind, text) in flags.BlkioDevices)
        {
            var colon = text.LastIndexOf(':');
            var rate = 0L;
            var isRate = colon > 0 && (kind.EndsWith("bps", StringComparison.Ordinal)
                ? SizeText.TryParse(text[(colon + 1)..], out rate)
                : long.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out rate));
            if (isRate && rate > 0 && text[0] == '/' && (kind != BlkioDeviceLimit.Weight || rate is >= MinimumWeight and <= MaximumWeight))
            {
                limits.RemoveAll(l => l.Path == text[..colon] && l.Kind == kind);
                limits.Add(new BlkioDeviceLimit(text[..colon], kind, rate));
            }
            else if (kind == BlkioDeviceLimit.Weight)
            {
                findings.Invalid("--blkio-weight-device", text, "it is DEVICE:WEIGHT, with a weight from 10 to 1000", "such as /dev/sda:200");
            }
            else
            {
                findings.Invalid($"--device-{kind}", text, "it is DEVICE:RATE", kind.EndsWith("bps", StringComparison.Ordinal) ? "such as /dev/sda:10m" : "such as /dev/sda:1000");
            }
        }

        return limits;
    }
}
