namespace MiniDock.Linux.Bpf;

/// <summary>Something that is allowed by a <see cref="CgroupDeviceProgram"/>.</summary>
/// <param name="Type"><c>b</c>, <c>c</c>, or <c>a</c> for both.</param>
/// <param name="Major">Major number, or null for any.</param>
/// <param name="Minor">Minor number, or null for any.</param>
/// <param name="Access">What may be done.</param>
public readonly record struct CgroupDeviceRule(char Type, uint? Major, uint? Minor, DeviceAccess Access);
