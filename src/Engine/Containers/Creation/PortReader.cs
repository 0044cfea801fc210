using System.Globalization;
using System.Net;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>-p [IP:][HOST:]CONTAINER[/PROTO]</c> with ranges, <c>--expose</c> and <c>-P</c>.</summary>
internal sealed class PortReader(Findings findings)
{
    private const string Hint = "such as 8080:80, 127.0.0.1:53:53/udp, 8000-8010:80-90, or 8000-8010:80 for one of them";

    /// <summary>Ports that the image or the user exposes, <c>80/tcp</c>.</summary>
    public IReadOnlyList<string> Exposed(RunFlags flags, ImageDefaults image)
    {
        var ports = new List<string>();
        foreach (var (flag, text) in image.ExposedPorts.Select(p => ("exposed port of the image", p)).Concat(flags.Expose.Select(p => ("--expose", p))))
        {
            if (!TryProtocol(text, out var range, out var protocol) || Range(range) is not var (first, last) || first == 0)
            {
                findings.Invalid(flag, text, "it is PORT[-PORT][/PROTOCOL]", "such as 80 or 8000-8010/udp");
                continue;
            }

            for (int port = first; port <= last; port++)
            {
                var name = $"{port}/{protocol}";
                if (!ports.Contains(name))
                {
                    ports.Add(name);
                }
            }
        }

        return ports;
    }

    /// <summary>The published ports.</summary>
    public IReadOnlyList<PortMapping> Published(RunFlags flags, IReadOnlyList<string> exposed)
    {
        var mappings = flags.Publish.SelectMany(Parse).ToList();
        if (flags.PublishAll)
        {
            foreach (var port in exposed)
            {
                var slash = port.IndexOf('/');
                var mapping = new PortMapping(null, 0, ushort.Parse(port.AsSpan(0, slash), CultureInfo.InvariantCulture), port[(slash + 1)..]);
                if (!mappings.Any(m => m.ContainerPort == mapping.ContainerPort && m.Protocol == mapping.Protocol))
                {
                    mappings.Add(mapping);
                }
            }
        }

        foreach (var twice in mappings.Where(m => m.HostPort != 0 && m.HostPortLast == 0).GroupBy(m => (m.HostAddress, m.HostPort, m.Protocol)).Where(g => g.Count() > 1))
        {
            findings.Invalid("--publish", $"{twice.Key.HostPort}/{twice.Key.Protocol}", "the host's port is given twice");
        }

        return mappings;
    }

    private IEnumerable<PortMapping> Parse(string text)
    {
        if (!TryProtocol(text, out var ports, out var protocol) || !TrySplit(ports, out var address, out var hostText, out var containerText)
            || Range(containerText) is not var (containerFirst, containerLast) || containerFirst == 0)
        {
            findings.Invalid("--publish", text, "it is [IP:][HOST:]CONTAINER[/PROTOCOL]", Hint);
            return [];
        }

        if (address is not null && !IPAddress.TryParse(address, out _))
        {
            findings.Invalid("--publish", text, $"{address} is no address", Hint);
            return [];
        }

        var count = containerLast - containerFirst + 1;
        if (hostText.Length == 0)
        {
            return Enumerable.Range(0, count).Select(i => new PortMapping(address, 0, (ushort)(containerFirst + i), protocol));
        }

        if (Range(hostText) is not var (hostFirst, hostLast))
        {
            findings.Invalid("--publish", text, $"{hostText} is no port", Hint);
            return [];
        }

        if (count == 1 && hostLast > hostFirst)
        {
            return [new PortMapping(address, hostFirst, containerFirst, protocol) { HostPortLast = hostLast }];
        }

        if (hostLast - hostFirst + 1 != count)
        {
            findings.Invalid("--publish", text, "the ranges differ in length", Hint);
            return [];
        }

        return Enumerable.Range(0, count).Select(i => new PortMapping(address, (ushort)(hostFirst + i), (ushort)(containerFirst + i), protocol));
    }

    private static bool TrySplit(string text, out string? address, out string host, out string container)
    {
        address = null;
        host = "";
        var last = text.LastIndexOf(':');
        container = text[(last + 1)..];
        if (last < 0)
        {
            return true;
        }

        var front = text[..last];
        var before = front.EndsWith(']') ? -1 : front.LastIndexOf(':');
        if (before < 0 && !front.EndsWith(']'))
        {
            host = front;
            return true;
        }

        host = before < 0 ? "" : front[(before + 1)..];
        address = before < 0 ? front : front[..before];
        if (address.StartsWith('[') != address.EndsWith(']') || (address.Contains(':') && !address.StartsWith('[')))
        {
            return false;
        }

        address = address.Trim('[', ']');
        return address.Length > 0;
    }

    private static bool TryProtocol(string text, out string ports, out string protocol)
    {
        var slash = text.IndexOf('/');
        ports = slash < 0 ? text : text[..slash];
        protocol = slash < 0 ? "tcp" : text[(slash + 1)..].ToLowerInvariant();
        return protocol is "tcp" or "udp" or "sctp";
    }

    private static (ushort First, ushort Last)? Range(string text)
    {
        var dash = text.IndexOf('-');
        return ushort.TryParse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && ushort.TryParse(dash < 0 ? text : text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && first <= last
                ? (first, last)
                : null;
    }
}
