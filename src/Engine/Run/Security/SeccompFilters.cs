using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Run.Security;

/// <summary>Chooses and compiles the filter of a container.</summary>
internal static class SeccompFilters
{
    /// <summary>The filter of these settings.</summary>
    public static SeccompFilter Of(SecuritySpec security, ulong capabilities)
    {
        if (security.Seccomp is { } json)
        {
            return DockerSeccompFormat.Parse(json, capabilities, Environment.OSVersion.Version).Compile();
        }

        // Nearly every container: compiled beforehand, because compiling costs as much as cloning.
        return IsDefault(capabilities) ? new SeccompFilter(DefaultSeccompFilter.Instructions.ToArray(), 0) : DefaultSeccompProfile.For(capabilities).Compile();
    }

    /// <summary>Whether the profile is the one of the default capabilities: others may differ in what no row asks for.</summary>
    public static bool IsDefault(ulong capabilities) =>
        (capabilities & DefaultSeccompProfile.Relevant) == (CapabilitySets.Default & DefaultSeccompProfile.Relevant);
}
