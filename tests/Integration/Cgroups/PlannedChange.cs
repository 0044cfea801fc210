namespace MiniDock.Tests.Integration.Cgroups;

/// <summary>A change of a <see cref="PlannedGroup"/> that was made.</summary>
/// <param name="undo">What takes it back.</param>
internal sealed class PlannedChange(Action undo)
{
    public void Undo() => undo();
}
