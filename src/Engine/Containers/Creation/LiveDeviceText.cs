using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads one device as <c>--device</c> takes it, for a container that exists.</summary>
public static class LiveDeviceText
{
    /// <summary>Reads it.</summary>
    /// <param name="text"><c>SRC[:DST][:rwm]</c>.</param>
    /// <exception cref="EngineException">It is none; exit code 1.</exception>
    public static DeviceSpec Parse(string text)
    {
        var findings = new Findings();
        var devices = new DeviceReader(findings).Devices([text]);
        return findings.Problems.Count == 0 ? devices[0] : throw EngineException.Of(findings.Problems, exitCode: 1);
    }
}
