using System.Globalization;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>--uidmap</c> and <c>--gidmap</c>: records <c>IN:OUT:LEN</c>, commas join them, <c>none</c> writes no map (user_namespaces(7)).</summary>
internal sealed class IdMapReader(Findings findings)
{
    private const int MostRecords = 340;

    /// <summary>Both maps; one that is not given is the other's.</summary>
    /// <param name="flags">The flags.</param>
    /// <param name="hasUserNamespace">Whether the container gets a new user namespace: without records it maps every id to itself.</param>
    public (IReadOnlyList<IdMapping> Uid, IReadOnlyList<IdMapping> Gid, bool Writes) Read(RunFlags flags, bool hasUserNamespace)
    {
        var uid = Records("--uidmap", flags.UidMaps);
        var gid = Records("--gidmap", flags.GidMaps);
        var none = IsNone(flags.UidMaps) || IsNone(flags.GidMaps);
        if (none && (uid.Count > 0 || gid.Count > 0))
        {
            findings.Conflict("none", "records of an id map", "write both maps, or none");
        }

        if (none)
        {
            return ([], [], false);
        }

        if (uid.Count + gid.Count == 0)
        {
            IReadOnlyList<IdMapping> identity = hasUserNamespace ? [new IdMapping(0, 0, uint.MaxValue)] : [];
            return (identity, identity, true);
        }

        return (uid.Count == 0 ? gid : uid, gid.Count == 0 ? uid : gid, true);
    }

    private static bool IsNone(List<string> texts) => texts.Contains("none");

    private List<IdMapping> Records(string flag, List<string> texts)
    {
        var records = new List<IdMapping>();
        foreach (var text in texts.SelectMany(t => t.Split(',')).Where(t => t != "none"))
        {
            if (text.Split(':') is [var inside, var outside, var length] && IsId(inside, out var i) && IsId(outside, out var o) && IsId(length, out var l)
                && l > 0 && (ulong)i + l <= uint.MaxValue && (ulong)o + l <= uint.MaxValue)
            {
                if (records.Any(r => Overlap(r.Inside, r.Length, i, l) || Overlap(r.Outside, r.Length, o, l)))
                {
                    findings.Invalid(flag, text, "it overlaps another record");
                }

                records.Add(new IdMapping(i, o, l));
            }
            else
            {
                findings.Invalid(flag, text, "it is IN:OUT:LEN, or none", "such as 0:100000:65536: 65536 ids from 0 inside are 100000 and up outside");
            }
        }

        if (records.Count > MostRecords)
        {
            findings.Invalid(flag, $"{records.Count} records", $"the kernel takes {MostRecords}");
        }

        return records;
    }

    private static bool Overlap(uint a, uint aLength, uint b, uint bLength) => a < (ulong)b + bLength && b < (ulong)a + aLength;

    private static bool IsId(string text, out uint id) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);
}
