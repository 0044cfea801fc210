using MiniDock.Abstractions.Model;

namespace MiniDock.Tests.Integration.Cgroups;

/// <summary>Devices that a running container gets and loses, as the provider of this host plans it: device files on version 1, a program on version 2.</summary>
public sealed class DeviceRulesTests
{
    [Fact]
    public void A_right_comes_and_goes_while_the_group_has_processes_and_leaves_the_others_alone()
    {
        using var group = new PlannedGroup(change: s => s with { Resources = s.Resources with { Devices = [new DeviceRule('c', 10, 237, "w")] } }).Apply();
        Assert.Equal("false true", Opens(group));

        var given = group.ChangeDevices(s => With(s, new DeviceRule('c', 10, 237, "rw")));
        Assert.Equal("true true", Opens(group));
        given.Undo();
        Assert.Equal("false true", Opens(group));

        group.ChangeDevices(s => s with { Resources = s.Resources with { Devices = [] } });
        Assert.Equal("false false", Opens(group));
    }

    private static ContainerSpec With(ContainerSpec spec, DeviceRule rule) =>
        spec with { Resources = spec.Resources with { Devices = [.. spec.Resources.Devices, rule] } };

    // For reading and for writing, by a process in the group.
    private static string Opens(PlannedGroup group)
    {
        using var shell = group.Start("r=false; w=false; (: < /dev/loop-control) 2> /dev/null && r=true; (: >> /dev/loop-control) 2> /dev/null && w=true; echo $r $w");
        return shell.Wait().ShouldSucceed().Text;
    }
}
