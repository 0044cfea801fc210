using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Life;

/// <summary>Base of tests on containers that outlive the command that started them: each test removes what it made.</summary>
public abstract class LifeTest(MinidockFixture fixture) : LeakChecked(fixture)
{
    /// <summary>Starts a detached container.</summary>
    protected string Run(string name, params string[] arguments) =>
        Engine.Run(["run", "-d", "--net", "none", "--name", name, .. arguments]).ShouldSucceed().Text;

    /// <summary>What a template shows of a container.</summary>
    protected string Inspect(string name, string template) => Engine.Run("inspect", "-f", template, name).ShouldSucceed().Text;

    /// <summary>Waits until a container has a state of this name.</summary>
    protected void WaitForStatus(string name, string status) =>
        Eventually.True(() => Engine.Run("inspect", "-f", "{{.State.Status}}", name).Text == status, $"{name} is {status}");

    /// <inheritdoc/>
    protected override void TearDown()
    {
        if (Engine.Run("ps", "-aq").Lines is { Length: > 0 } left)
        {
            Engine.Run(["rm", "-f", .. left]).ShouldSucceed();
        }
    }
}
