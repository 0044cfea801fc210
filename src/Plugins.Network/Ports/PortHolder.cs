using System.Globalization;

namespace MiniDock.Plugins.Network.Ports;

/// <summary>Finds the process that has a port of the host, for the error that says so. Slow: it looks at every descriptor of every process.</summary>
public static class PortHolder
{
    /// <summary><c>process 123 (nginx)</c>, or null where none is found, as when the process is in another pid namespace.</summary>
    public static string? Find(PortBinding binding)
    {
        // A socket of IPv6 holds a port of IPv4 too where it takes both.
        var of6 = $"/proc/thread-self/net/{binding.ProtocolName}6";
        foreach (var file in binding.IsVersion6 ? (string[])[of6] : [$"/proc/thread-self/net/{binding.ProtocolName}", of6])
        {
            foreach (var inode in SocketsOn(ReadOrEmpty(file), binding))
            {
                if (ProcessWith($"socket:[{inode}]") is { } process)
                {
                    return process;
                }
            }
        }

        return null;
    }

    /// <summary>Inodes of listening sockets on the port, from the text of proc_net(5)'s tcp, tcp6, udp or udp6.</summary>
    public static IEnumerable<string> SocketsOn(string table, PortBinding binding)
    {
        // sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode; a listener of tcp is in state 0A.
        foreach (var line in table.Split('\n').Skip(1))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 9
                && ushort.TryParse(fields[1].AsSpan(fields[1].IndexOf(':') + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var port)
                && port == binding.HostPort
                && (binding.Protocol != PortProtocol.Tcp || fields[3] == "0A"))
            {
                yield return fields[9];
            }
        }
    }

    private static string? ProcessWith(string link)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(process)[0]))
            {
                continue;
            }

            try
            {
                if (Directory.EnumerateFiles(Path.Combine(process, "fd")).Any(f => new FileInfo(f).LinkTarget == link))
                {
                    return $"process {Path.GetFileName(process)} ({ReadOrEmpty(Path.Combine(process, "comm")).Trim()})";
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended while it was looked at.
            }
        }

        return null;
    }

    private static string ReadOrEmpty(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
