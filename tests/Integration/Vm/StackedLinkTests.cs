using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Vm;

/// <summary>ipvlan, and networks that own the device they lie on: a kernel with ipvlan, vlan and dummy.</summary>
public sealed class StackedLinkTests : IDisposable
{
    private readonly string _directory = Directory.CreateDirectory($"/var/tmp/minidock-vm-{Guid.NewGuid():n}"[..24]).FullName;

    [Fact]
    public void Ipvlan_in_each_mode_reaches_the_other_machine_and_a_network_makes_and_removes_its_own_device()
    {
        using var machine = new VirtualMachine(_directory);

        // The other machine is a namespace behind a pair of links; VLAN 50 of that cable is another network. Nobody answers for the
        // addresses of the l3 modes: it is told that they lie behind this machine.
        var outcome = machine.Boot(
            """
            set -e
            ip netns add far
            ip link add up0 type veth peer name eth0 netns far
            ip address add 192.0.2.1/24 dev up0
            ip link set up0 up
            ip -n far address add 192.0.2.2/24 dev eth0
            ip -n far link set eth0 up
            ip -n far link add link eth0 name vlan50 type vlan id 50
            ip -n far address add 198.51.100.2/24 dev vlan50
            ip -n far link set vlan50 up
            ip -n far route add 203.0.113.0/24 via 192.0.2.1
            $md import /repository/out/busybox.tar > /dev/null
            ping='ping -c 1 -w 60'
            run() { $md run --rm --cap-add NET_RAW "$@"; }
            run --net ipvlan:up0,ip=192.0.2.7/24,ip6=2001:db8:9::7/64,gw=192.0.2.2 busybox sh -c "$ping 192.0.2.2 > /dev/null && ip route && ip address" > one
            grep -q 'default via 192.0.2.2' one && grep -q '2001:db8:9::7/64' one && echo l2
            run --net ipvlan:up0,mode=l3,ip=203.0.113.7/24 busybox sh -c "$ping 192.0.2.2 > /dev/null && ip route" > two
            grep -q 'default dev eth0' two && echo l3
            run --net ipvlan:up0,mode=l3s,ip=203.0.113.8/24 busybox $ping 192.0.2.2 > /dev/null && echo l3s
            $md network create -d ipvlan -o parent=up0.50 --subnet 198.51.100.0/24 --ip-range 198.51.100.64/27 tagged > /dev/null
            run --net tagged busybox $ping 198.51.100.2 > /dev/null && echo tagged
            ip -d link show up0.50 | grep -q 'id 50' && echo made
            $md network rm tagged > /dev/null
            ip link show up0.50 > /dev/null 2>&1 || echo removed
            $md network create -d macvlan --subnet 10.77.0.0/24 alone > /dev/null
            $md run -d --name first --net alone busybox sleep 1000 > /dev/null
            run --net alone busybox sh -c "$ping 10.77.0.2 > /dev/null && ! ip route | grep default" && echo alone
            $md rm -f first > /dev/null
            $md network rm alone > /dev/null
            # dummy0 comes with the kernel's module
            ip -o link show type dummy | grep -vc ': dummy0:' || echo gone
            """).ShouldSucceed();

        Assert.Equal(["l2", "l3", "l3s", "tagged", "made", "removed", "alone", "0", "gone"], outcome.Lines);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
