namespace MiniDock.Tests.Integration.ThirdParty;

/// <summary>Programs of plugins in shell. Each writes the operations that it was asked for to a file, a line each.</summary>
internal static class ShellPlugins
{
    /// <summary>A network: a veth pair whose host end is named after the container. Its address is the option <c>ip</c>.</summary>
    /// <param name="calls">Where it tells what it was asked.</param>
    /// <param name="before">Shell that runs before it answers an attachment, with the link made.</param>
    public static string Network(string calls, string before = "") => Head(calls) + $$$"""
        host=tp$(field '"container":{"id":"\([0-9a-f]\{8\}\)')$(field '"network":{[^}]*"index":\([0-9]*\)')
        inside=$(field '"interface":"\([^"]*\)"')
        pid=$(field '"pid":\([0-9]*\)')
        case $op in
        net.attach)
            ip link add "$host" type veth peer name "$inside" netns "$pid"
            ip link set "$host" up
            nsenter --net="/proc/$pid/ns/net" sh -c "ip address add $(field '"ip":"\([^"]*\)"') dev $inside && ip link set $inside up"
            {{{before}}}
            echo '{"ok":true,"result":{"interfaces":[{"name":"'$host'"},{"name":"'$inside'","sandbox":"x"}],"ips":[{"address":"'$(field '"ip":"\([^"]*\)"')'","gateway":"192.0.2.1","interface":1}],"dns":{"nameservers":["192.0.2.53"]}},"state":{"host":"'$host'"}}' ;;
        net.detach)
            echo "state $(field '"state":{"host":"\([^"]*\)"')" >> {{{calls}}}
            ip link delete "$host" 2>/dev/null
            echo '{"ok":true}' ;;
        net.gc)
            echo '{"ok":true}' ;;
        esac

        """;

    /// <summary>A storage provider: a tmpfs of a size with a directory of the host inside it.</summary>
    /// <param name="calls">Where it tells what it was asked.</param>
    /// <param name="directory">The directory.</param>
    public static string Storage(string calls, string directory) => Head(calls) + $$$"""
        case $op in
        storage.attach)
            mkdir -p {{{directory}}}
            echo hello > {{{directory}}}/hello
            echo '{"ok":true,"result":{"mounts":[{"type":"tmpfs","source":"tmpfs","flags":["nosuid","nodev"],"data":"size='$(field '"size":"\([^"]*\)"')',mode=755"}]}}' ;;
        storage.detach)
            rm -rf {{{directory}}}
            echo '{"ok":true}' ;;
        esac

        """;

    /// <summary>Reads the request and tells the operation.</summary>
    public static string Head(string calls) => $$$"""
        #!/bin/sh
        read -r request
        field() { printf '%s' "$request" | sed -n "s|.*$1.*|\1|p"; }
        op=$(field '"op":"\([a-z.]*\)"')
        echo "$op" >> {{{calls}}}

        """;
}
