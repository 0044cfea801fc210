using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Network;

/// <summary>A directory of network configurations of CNI, and what the plugins of Debian's package keep: all under a directory of the test.</summary>
internal sealed class CniLists
{
    public const string Plugins = "/usr/lib/cni";
    public const string Bridge = "cnitest0";

    private readonly string _directory;
    private readonly Minidock _engine;

    public CniLists(Minidock engine, string scratch)
    {
        Requires.KernelFile(Path.Combine(Plugins, "bridge"), "the package containernetworking-plugins");
        _engine = engine;
        _directory = Path.Combine(scratch, $"cni-{Guid.NewGuid():n}"[..12]);
        Directory.CreateDirectory(Configurations);
        engine.Variables["NETCONFPATH"] = Configurations;
        engine.Variables["CNI_PATH"] = $"{_directory}:{Plugins}";
    }

    public string Configurations => Path.Combine(_directory, "net.d");

    /// <summary>Where programs of the test are found as plugins.</summary>
    public string Programs => _directory;

    /// <summary>Leases of host-local.</summary>
    public string[] Leases => Directory.Exists(Path.Combine(_directory, "leases"))
        ? [.. Directory.EnumerateFiles(Path.Combine(_directory, "leases"), "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)).Where(f => char.IsAsciiDigit(f[0]))]
        : [];

    /// <summary>IPAM that hands out addresses of 10.91.0.0/24.</summary>
    public string HostLocal => $$"""{"type":"host-local","dataDir":"{{_directory}}/leases","ranges":[[{"subnet":"10.91.0.0/24"}]],"routes":[{"dst":"0.0.0.0/0"}]}""";

    /// <summary>A bridge with addresses.</summary>
    public string BridgePlugin(string more = "") =>
        $$"""{"type":"bridge","bridge":"{{Bridge}}","isGateway":true,"ipMasq":true,"hairpinMode":true,"capabilities":{"mac":true},"ipam":{{HostLocal}}{{more}}}""";

    /// <summary>Writes a list.</summary>
    public void Write(string name, string version, params string[] plugins) => File.WriteAllText(
        Path.Combine(Configurations, name + ".conflist"), $$"""{"cniVersion":"{{version}}","name":"{{name}}","plugins":[{{string.Join(',', plugins)}}]}""");

    /// <summary>Makes a plugin of a shell script.</summary>
    public void WriteProgram(string name, string script)
    {
        var file = Path.Combine(_directory, name);
        File.WriteAllText(file, "#!/bin/sh\n" + script);
        HostCommand.Run("chmod", "755", file).ShouldSucceed();
    }

    /// <summary>Removes what plugins leave by design: the bridge and the chains that all their containers share.</summary>
    public void Remove()
    {
        HostCommand.Run("ip", "link", "delete", Bridge);
        foreach (var table in HostCommand.Run("nft", "list", "tables").Lines.Where(l => l.EndsWith(" nat", StringComparison.Ordinal)))
        {
            HostCommand.Run("nft", ["delete", .. table.Split(' ')]);
        }

        _engine.Variables.Remove("NETCONFPATH");
        _engine.Variables.Remove("CNI_PATH");
    }
}
