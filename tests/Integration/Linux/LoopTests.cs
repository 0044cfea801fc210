using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Linux;

public sealed class LoopTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public LoopTests()
    {
        Requires.KernelFile("/dev/loop-control", "loop devices");
        using FileStream stream = File.OpenWrite(_file);
        stream.Write("first block"u8);
        stream.SetLength(1 << 20);
    }

    [Fact]
    public void A_file_is_read_through_its_device_which_goes_with_its_last_user()
    {
        using SafeFileHandle backing = Files.Open(_file, OpenFlags.ReadOnly);
        string path;
        using (LoopDevice device = Loop.Attach(backing, new LoopOptions()))
        {
            path = device.Path;
            byte[] start = new byte[11];
            Assert.Equal(start.Length, RandomAccess.Read(device.Handle, start, 0));
            Assert.Equal("first block"u8.ToArray(), start);
            Assert.Equal([path], Loop.FindByBackingFile(backing));
        }

        Assert.True(Eventually.Holds(() => Loop.FindByBackingFile(backing).Count == 0, TimeSpan.FromSeconds(30)));
        Loop.Detach(path);
    }

    [Fact]
    public void A_device_without_automatic_clearing_stays_until_it_is_detached()
    {
        using SafeFileHandle backing = Files.Open(_file, OpenFlags.ReadWrite);
        Loop.Attach(backing, new LoopOptions { AutoClear = false, ReadOnly = false }).Dispose();
        string path = Assert.Single(Loop.FindByBackingFile(backing));
        Loop.Detach(path);
        Assert.True(Eventually.Holds(() => Loop.FindByBackingFile(backing).Count == 0, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Eight_threads_each_get_a_device_of_their_own()
    {
        using SafeFileHandle backing = Files.Open(_file, OpenFlags.ReadOnly);
        var devices = new LoopDevice[8];
        Parallel.For(0, devices.Length, i => devices[i] = Loop.Attach(backing, new LoopOptions()));
        Assert.Equal(devices.Length, devices.Select(device => device.Number).Distinct().Count());
        Array.ForEach(devices, device => device.Dispose());
        Assert.True(Eventually.Holds(() => Loop.FindByBackingFile(backing).Count == 0, TimeSpan.FromSeconds(30)));
    }

    public void Dispose() => File.Delete(_file);
}
