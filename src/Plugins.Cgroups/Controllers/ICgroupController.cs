using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Cgroups.Controllers;

/// <summary>Translates the limits of one controller into the files of either version.</summary>
internal interface ICgroupController
{
    /// <summary>Its name on version 1.</summary>
    string Name { get; }

    /// <summary>Its name in version 2's cgroup.controllers; null where version 2 has no controller for it.</summary>
    string? UnifiedName { get; }

    /// <summary>The first limit of this controller that was asked for, as its flag, or null: a host without the controller cannot hold it.</summary>
    string? AskedBy(ContainerSpec spec);

    /// <summary>Values that no host can hold, or not this one.</summary>
    IEnumerable<Problem> Validate(CgroupRequest request, CgroupVersion version);

    /// <summary>What is held by other means.</summary>
    IEnumerable<string> Notices(CgroupRequest request, CgroupVersion version) => [];

    /// <summary>What takes a limit back: the value that a new group has. Null where only its parent's tells.</summary>
    /// <param name="write">A line that <see cref="Writes"/> gave, without a limit in it.</param>
    string? Unlimited(CgroupWrite write) => null;

    /// <summary>The files to write, in order.</summary>
    IEnumerable<CgroupWrite> Writes(CgroupRequest request, CgroupVersion version);
}
