namespace MiniDock.Linux;

/// <summary>Major and minor number of a device or a file system, <c>makedev(3)</c>.</summary>
public readonly record struct DeviceNumber(uint Major, uint Minor)
{
    /// <summary>The encoding of glibc's <c>dev_t</c>.</summary>
    public ulong Encoded =>
        ((ulong)(Major & 0xFFFF_F000) << 32) | ((ulong)(Major & 0xFFF) << 8) | ((ulong)(Minor & 0xFFFF_FF00) << 12) | (Minor & 0xFF);

    /// <inheritdoc/>
    public override string ToString() => $"{Major}:{Minor}";
}
