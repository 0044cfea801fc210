using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Storage.Ramdisk;

/// <summary>The disks of the kernel's brd module, <c>/dev/ram0</c> and so on: all of one size, set when the module is loaded. Who has taken which lies in the run root.</summary>
internal static class BlockRam
{
    private const string Devices = "/sys/block";

    /// <summary>Whether the kernel has any.</summary>
    public static bool IsThere => Disks().Any();

    /// <summary>Whether there is one of the size that gives its memory back when it is told to (Linux 6.13).</summary>
    public static bool CanGiveBack(long sizeBytes) =>
        Disks().Any(d => SizeOf(d) >= sizeBytes && Number($"{Devices}/{d}/queue/discard_max_bytes") > 0);

    /// <summary>Takes a free one.</summary>
    /// <returns>Its node.</returns>
    /// <exception cref="EngineException">All that are large enough are in use.</exception>
    public static string Take(EnginePaths paths, ContainerId id, string step, long sizeBytes)
    {
        Files.CreateDirectories(DirectoryOf(paths), 0x1C0);
        foreach (var disk in Disks().Where(d => SizeOf(d) >= sizeBytes))
        {
            // The note's name is the claim: of two that take the same disk, one makes it.
            var note = Path.Combine(DirectoryOf(paths), disk);
            var mine = $"{note}.{id.Value}.{step}";
            File.WriteAllText(mine, Owner(id, step));
            var errno = Files.TryRenameAt2(null, mine, null, note, RenameFlags.NoReplace);
            if (errno != Errno.Success)
            {
                Files.TryUnlinkAt(null, mine);
                continue;
            }

            // Exclusively: refused while somebody else, such as another engine, has it mounted.
            errno = Files.TryOpenAt(null, $"/dev/{disk}", OpenFlags.ReadWrite | OpenFlags.Exclusive, 0, out var device);
            if (errno == Errno.Success)
            {
                device.Dispose();
                return $"/dev/{disk}";
            }

            Files.TryUnlinkAt(null, note);
        }

        var largest = Disks().Select(SizeOf).DefaultIfEmpty().Max();
        throw new EngineException(
            $"RAM disk: EBUSY (no free disk of brd has {sizeBytes} bytes; they have {largest})", "load brd with a larger rd_size or rd_nr, or take backend=loop");
    }

    /// <summary>Frees what a step has taken, and its memory where the kernel can.</summary>
    public static void Free(EnginePaths paths, ContainerId id, string step)
    {
        if (!Directory.Exists(DirectoryOf(paths)))
        {
            return;
        }

        foreach (var note in Directory.EnumerateFiles(DirectoryOf(paths)))
        {
            if (Path.GetFileName(note).Contains('.'))
            {
                // A claim that was cut short.
                if (note.EndsWith($".{id.Value}.{step}", StringComparison.Ordinal))
                {
                    Files.TryUnlinkAt(null, note);
                }
            }
            else if (File.ReadAllText(note) == Owner(id, step))
            {
                var disk = Path.GetFileName(note);
                if (Files.TryOpenAt(null, $"/dev/{disk}", OpenFlags.ReadWrite, 0, out var device) == Errno.Success)
                {
                    using (device)
                    {
                        BlockDevices.TryDiscard(device, SizeOf(disk));
                    }
                }

                Files.TryUnlinkAt(null, note);
            }
        }
    }

    private static string DirectoryOf(EnginePaths paths) => Path.Combine(paths.RunRoot, "ramdisks");

    private static string Owner(ContainerId id, string step) => $"{id.Value} {step}";

    private static IEnumerable<string> Disks() =>
        Directory.EnumerateDirectories(Devices, "ram*").Select(d => Path.GetFileName(d)).Where(d => d.Length > 3 && char.IsAsciiDigit(d[3])).Order(StringComparer.Ordinal);

    private static long SizeOf(string disk) => Number($"{Devices}/{disk}/size") * 512;

    private static long Number(string file) =>
        File.Exists(file) && long.TryParse(File.ReadAllText(file), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
