namespace MiniDock.Linux;

/// <summary>One line of /proc/PID/mountinfo, <c>proc_pid_mountinfo(5)</c>, with octal escapes decoded.</summary>
/// <param name="Id">The mount's number.</param>
/// <param name="ParentId">The mount that it is on.</param>
/// <param name="Device">The file system.</param>
/// <param name="Root">The directory in the file system that is mounted.</param>
/// <param name="Target">The mount point, seen from the process' root.</param>
/// <param name="Options">Options of the mount.</param>
/// <param name="Propagation">Optional fields, as <c>shared:1</c>.</param>
/// <param name="Type">The file system type.</param>
/// <param name="Source">The source.</param>
/// <param name="SuperOptions">Options of the file system.</param>
public sealed record MountEntry(
    int Id,
    int ParentId,
    DeviceNumber Device,
    string Root,
    string Target,
    string Options,
    string Propagation,
    string Type,
    string Source,
    string SuperOptions);
