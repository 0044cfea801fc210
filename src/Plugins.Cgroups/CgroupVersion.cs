namespace MiniDock.Plugins.Cgroups;

/// <summary>The two interfaces of control groups, cgroups(7).</summary>
internal enum CgroupVersion
{
    /// <summary>A hierarchy per controller.</summary>
    V1 = 1,

    /// <summary>The unified hierarchy.</summary>
    V2 = 2,
}
