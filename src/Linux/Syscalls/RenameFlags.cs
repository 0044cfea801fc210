namespace MiniDock.Linux;

/// <summary>Flags of <c>renameat2(2)</c>.</summary>
[Flags]
public enum RenameFlags : uint
{
    None = 0,

    /// <summary>Fail with EEXIST instead of replacing.</summary>
    NoReplace = 1,

    /// <summary>Swap both names.</summary>
    Exchange = 2,
}
