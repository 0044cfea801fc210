using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Run.Security;

/// <summary>Chooses and compiles the filter of a container.</summary>
internal static class SeccompFilters
{
    public static SeccompFilter Of(SecuritySpec security, ulong capabilities) =>
        (security.Seccomp is { } json ? DockerSeccompFormat.Parse(json, capabilities, Environment.OSVersion.Version) : DefaultSeccompProfile.For(capabilities)).Compile();
}
