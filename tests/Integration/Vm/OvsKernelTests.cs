using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Vm;

/// <summary>Open vSwitch with the kernel's datapath, which this machine's kernel may lack.</summary>
public sealed class OvsKernelTests : IDisposable
{
    private readonly string _directory = Directory.CreateDirectory($"/var/tmp/minidock-vm-{Guid.NewGuid():n}"[..24]).FullName;

    [Fact]
    public void With_the_kernels_datapath_containers_reach_each_other_the_host_keeps_its_address_and_no_port_is_left()
    {
        using var machine = new VirtualMachine(_directory);

        // Open vSwitch that is started in the first seconds after boot loses every packet.
        var outcome = machine.Boot(
            """
            set -e
            modprobe -a openvswitch veth
            while [ "$(cut -d. -f1 /proc/uptime)" -lt 12 ]; do sleep 1; done
            mkdir -p /var/run/openvswitch
            ovsdb-tool create /tmp/conf.db /usr/share/openvswitch/vswitch.ovsschema
            ovsdb-server /tmp/conf.db --remote=punix:/var/run/openvswitch/db.sock --detach --no-chdir --pidfile --log-file=/tmp/ovsdb.log 2> /dev/null
            ovs-vsctl --no-wait init
            ovs-vswitchd --detach --no-chdir --pidfile --log-file=/tmp/vswitchd.log 2> /dev/null
            $md import /repository/out/busybox.tar > /dev/null
            $md network create -d ovs -o switch=sw0 --subnet 10.7.0.0/24 lab > /dev/null
            echo "datapath: $(ovs-vsctl get bridge sw0 datapath_type) $(ovs-dpctl dump-dps)"
            $md run -d --name a --net lab busybox sleep 1000 > /dev/null
            $md run -d --name b --cap-add NET_RAW --net lab --net ovs:sw0,ip=10.8.0.1/24,vlan=5 busybox sleep 1000 > /dev/null
            $md run --rm --cap-add NET_RAW --net lab busybox ping -c 1 -W 20 10.7.0.2 | grep received
            $md run --rm --cap-add NET_RAW --net ovs:sw0,ip=10.8.0.2/24,vlan=5 busybox ping -c 1 -W 20 10.8.0.1 | grep received
            $md run --rm --cap-add NET_RAW --net ovs:sw0,ip=10.8.0.2/24,vlan=6 busybox ping -c 1 -W 1 10.8.0.1 | grep received || true

            ip netns add far
            ip link add up0 type veth peer name eth0 netns far
            ip address add 192.0.2.1/24 dev up0
            ip link set up0 up
            ip -n far address add 192.0.2.2/24 dev eth0
            ip -n far link set eth0 up
            ip route add default via 192.0.2.2
            $md network uplink --move-ip lab up0
            ip netns exec far ping -c 1 -w 20 192.0.2.1 | grep -o '1 received'
            ip route show default
            $md network uplink --remove lab up0
            ip netns exec far ping -c 1 -w 20 192.0.2.1 | grep -o '1 received'
            ip route show default

            kill -9 $(pgrep -x minidock) $($md inspect -f '{{.State.Pid}}' a b)
            $md ps -q
            echo "ports: $(ovs-vsctl list-ports sw0)"
            $md rm a b > /dev/null
            $md network rm lab
            echo "switches: $(ovs-vsctl list-br)"
            """).ShouldSucceed();
        Assert.Equal(
            """
            datapath: system system@ovs-system
            1 packets transmitted, 1 packets received, 0% packet loss
            1 packets transmitted, 1 packets received, 0% packet loss
            1 packets transmitted, 0 packets received, 100% packet loss
            1 received
            default via 192.0.2.2 dev sw0
            1 received
            default via 192.0.2.2 dev up0
            ports:
            lab
            switches:
            """.Split('\n'),
            outcome.Lines);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
