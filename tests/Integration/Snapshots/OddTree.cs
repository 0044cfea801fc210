using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Snapshots;

/// <summary>A tree of everything that a file system can hold, as a tar of GNU's, and how such trees are compared.</summary>
public static class OddTree
{
    /// <summary>Makes the tar.</summary>
    public static string Archive(string scratch)
    {
        var tar = Path.Combine(scratch, "odd.tar");
        HostCommand.Shell($$"""
            mkdir -p {{scratch}}/odd && cd {{scratch}}/odd && umask 022
            mkdir -p sticky empty "deep/$(printf 'd%.0s' $(seq 90))/$(printf 'e%.0s' $(seq 200))"
            chmod 1777 sticky; chmod 711 .
            echo text > file; echo other > "deep/$(printf 'd%.0s' $(seq 90))/$(printf 'e%.0s' $(seq 200))/long"
            printf bytes > "$(printf 'not-\377-utf8')"; printf nl > "$(printf 'new\nline')"; printf s > 'with space'
            ln file hard; ln -s /etc/passwd absolute; ln -s ../../.. up; ln -s "$(printf 'l%.0s' $(seq 150))" longlink; ln absolute hardlink-of-link
            mkfifo fifo; mknod null c 1 3; mknod disk b 259 70000
            truncate -s 5M hole; printf end >> hole; printf mid | dd of=hole bs=1 seek=1000000 conv=notrunc status=none
            truncate -s 3M all-hole; : > zero
            head -c 300000 /dev/urandom > data
            cp file setuid; chown 3000000000:4000000000 setuid; chmod 6755 setuid
            setfattr -n user.colour -v blue file; setfattr -n user.binary -v 0x00ff3d0a file; setfattr -n user.dir -v d sticky
            setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 data
            touch -d '1950-05-05 01:02:03.25 UTC' setuid; touch -d '2001-02-03 04:05:06.123456789 UTC' file empty; touch -h -d '1999-09-09 UTC' absolute
            mkdir -p bin proc sys dev etc tmp run
            tar --xattrs --xattrs-include='*' --format=pax -S -cf {{tar}} .
            """);
        return tar;
    }

    /// <summary>All that is to be known of a tree, as text; times of the top directory are left out, for extracting changes them.</summary>
    public static string Describe(string directory) => HostCommand.Shell($$"""
        cd {{directory}}
        find . -mindepth 1 -printf '%P|%y|%m|%U|%G|%n|%T@|%l|' \( -type b -o -type c \) -exec stat -c '%t:%T' {} \; -o -printf '%P %s %y\n' | LC_ALL=C sort | sed 's/ [0-9]* d$/ d/'
        find . -type f -exec sha256sum {} + | LC_ALL=C sort -k2
        getfattr -R -h -d -m '^(user|security.capability)' -e hex . 2>/dev/null
        stat -c '%a %u %g' .
        """).Stdout;

    /// <summary>Extracts a tar with GNU tar and describes what it holds.</summary>
    public static string DescribeArchive(string scratch, string tar)
    {
        var directory = Directory.CreateDirectory(Path.Combine(scratch, $"x-{Guid.NewGuid():n}")).FullName;
        HostCommand.Shell($"tar -C {directory} --xattrs --xattrs-include='*' --numeric-owner -xpf {tar}");
        return Describe(directory);
    }
}
