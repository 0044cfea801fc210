namespace MiniDock.Abstractions.Model;

/// <summary>What was asked of the security profile; the planner computes the sets from it.</summary>
public sealed record SecuritySpec
{
    /// <summary>All capabilities, all devices, no masks, no seccomp.</summary>
    public bool Privileged { get; init; }

    /// <summary>Capabilities added, names without prefix in upper case, or ALL.</summary>
    public IReadOnlyList<string> CapAdd { get; init; } = [];

    /// <summary>Capabilities dropped, names without prefix in upper case, or ALL.</summary>
    public IReadOnlyList<string> CapDrop { get; init; } = [];

    /// <summary>PR_SET_NO_NEW_PRIVS.</summary>
    public bool NoNewPrivileges { get; init; }

    /// <summary>null: the default profile; <c>unconfined</c>; else the profile's JSON text.</summary>
    public string? Seccomp { get; init; }

    /// <summary><c>systempaths=unconfined</c>: no masked and no read-only paths.</summary>
    public bool UnmaskedPaths { get; init; }
}
