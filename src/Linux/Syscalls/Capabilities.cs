using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>Names, bits and the engine's own bounding set of capabilities, <c>capabilities(7)</c>.</summary>
public static class Capabilities
{
    private static readonly string[] Names =
    [
        "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP", "LINUX_IMMUTABLE",
        "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT",
        "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE",
        "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ",
        "PERFMON", "BPF", "CHECKPOINT_RESTORE",
    ];

    /// <summary>How many capabilities we know by name.</summary>
    public static int Count => Names.Length;

    /// <summary>All capabilities that we know, as a set of bits.</summary>
    public static ulong All => (1UL << Names.Length) - 1;

    /// <summary>The bit of one capability.</summary>
    public static ulong Bit(Capability capability) => 1UL << (int)capability;

    /// <summary>The kernel's name: <c>CAP_NET_RAW</c>.</summary>
    public static string Name(Capability capability) => "CAP_" + Names[(int)capability];

    /// <summary>Parses <c>NET_RAW</c> or <c>CAP_NET_RAW</c>, any case.</summary>
    public static bool TryParse(string text, out Capability capability)
    {
        string name = text.StartsWith("CAP_", StringComparison.OrdinalIgnoreCase) ? text[4..] : text;
        for (int i = 0; i < Names.Length; i++)
        {
            if (Names[i].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                capability = (Capability)i;
                return true;
            }
        }

        capability = default;
        return false;
    }

    /// <summary>The names of the bits in a set, in ascending order.</summary>
    public static IReadOnlyList<string> NamesOf(ulong set)
    {
        var names = new List<string>();
        for (int i = 0; i < Names.Length; i++)
        {
            if ((set & (1UL << i)) != 0)
            {
                names.Add("CAP_" + Names[i]);
            }
        }

        return names;
    }

    /// <summary>What the calling thread can ever give to a program, PR_CAPBSET_READ. The kernel ends the list with EINVAL.</summary>
    public static ulong BoundingSet()
    {
        ulong set = 0;
        for (int i = 0; i < 64; i++)
        {
            int r = Libc.prctl(Constants.PrCapBsetRead, (nuint)i, 0, 0, 0);
            if (r < 0)
            {
                break;
            }

            set |= (ulong)r << i;
        }

        return set;
    }
}
