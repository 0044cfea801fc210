using System.Globalization;

namespace MiniDock.Engine.Host;

/// <summary>What is taken from /proc/PID/status, proc(5).</summary>
/// <param name="EffectiveUserId">Second number of <c>Uid:</c>.</param>
/// <param name="BoundingCapabilities"><c>CapBnd:</c>, a bit per capability.</param>
internal readonly record struct StatusFile(uint EffectiveUserId, ulong BoundingCapabilities)
{
    /// <summary>Parses the file's content; fields that are missing stay 0.</summary>
    public static StatusFile Parse(ReadOnlySpan<byte> content)
    {
        uint user = 0;
        ulong bounding = 0;
        foreach (var range in content.Split((byte)'\n'))
        {
            var line = content[range];
            if (line.StartsWith("Uid:\t"u8))
            {
                var rest = line["Uid:\t"u8.Length..];
                rest = rest[(rest.IndexOf((byte)'\t') + 1)..];
                var end = rest.IndexOf((byte)'\t');
                _ = uint.TryParse(end < 0 ? rest : rest[..end], out user);
            }
            else if (line.StartsWith("CapBnd:\t"u8))
            {
                _ = ulong.TryParse(line["CapBnd:\t"u8.Length..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bounding);
            }
        }

        return new StatusFile(user, bounding);
    }
}
