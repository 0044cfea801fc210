using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Tests.Unit.Linux;

public sealed class PollingTests
{
    [Fact]
    public void A_pipe_is_ready_when_it_holds_bytes_and_hangs_up_at_its_end()
    {
        (SafeFileHandle read, SafeFileHandle write) = Pipes.Create();
        using (read)
        {
            Assert.False(Polling.WaitFor(read, PollEvents.Read, 0));
            Assert.Equal(Errno.Success, Files.TryWrite(write, [1, 2], out int written));
            Assert.Equal(2, written);
            Assert.True(Polling.WaitFor(read, PollEvents.Read, 0));
            write.Dispose();
            Span<PollItem> items = [new PollItem(null, PollEvents.Read), new PollItem(read, PollEvents.Read)];
            Assert.Equal(1, Polling.Poll(items, -1));
            Assert.Equal(PollEvents.Read | PollEvents.HangUp, items[1].Happened);
        }
    }

    [Fact]
    public void An_interest_list_gives_the_keys_of_what_is_ready()
    {
        using SafeFileHandle epoll = Polling.EpollCreate();
        using SafeFileHandle quiet = Polling.EventFd();
        using SafeFileHandle ready = Polling.EventFd();
        Polling.EpollAdd(epoll, quiet, PollEvents.Read, 1);
        Polling.EpollAdd(epoll, ready, PollEvents.Read, 0x1234_5678_9ABC);
        Polling.SignalEvent(ready);
        var events = new ReadyEvent[4];
        Assert.Equal(1, Polling.EpollWait(epoll, events, -1));
        Assert.Equal(new ReadyEvent(0x1234_5678_9ABC, PollEvents.Read), events[0]);
        Polling.EpollRemove(epoll, ready);
        Assert.Equal(0, Polling.EpollWait(epoll, events, 0));
    }

    [Fact]
    public void A_timer_becomes_readable()
    {
        using SafeFileHandle timer = Polling.TimerFd(TimeSpan.FromMilliseconds(1));
        Assert.True(Polling.WaitFor(timer, PollEvents.Read, -1));
    }

    [Fact]
    public void A_blocked_signal_is_read_from_its_descriptor()
    {
        // On a thread of its own: the mask must not stay with one of the runner's.
        var signal = Signal.None;
        var before = Signal.SIGKILL;
        var thread = new Thread(() =>
        {
            Polling.BlockSignals(Signal.SIGPIPE);
            using SafeFileHandle descriptor = Polling.SignalFd(Signal.SIGPIPE);
            before = Polling.ReadSignal(descriptor);
            (SafeFileHandle read, SafeFileHandle write) = Pipes.Create();
            read.Dispose();
            Files.TryWrite(write, [1], out _);
            write.Dispose();
            Polling.WaitFor(descriptor, PollEvents.Read, -1);
            signal = Polling.ReadSignal(descriptor);
        });
        thread.Start();
        thread.Join();
        Assert.Equal((Signal.None, Signal.SIGPIPE), (before, signal));
    }

    [Fact]
    public void Descriptors_travel_through_a_socket()
    {
        (SafeFileHandle first, SafeFileHandle second) = UnixSockets.SocketPair(packets: true);
        (SafeFileHandle read, SafeFileHandle write) = Pipes.Create();
        using (first)
        using (second)
        using (read)
        {
            UnixSockets.Send(first, [42], read, write);
            write.Dispose();
            byte[] buffer = new byte[8];
            Assert.Equal(Errno.Success, UnixSockets.TryReceive(second, buffer, out int count, out SafeFileHandle[] files));
            Assert.Equal((1, 42, 2), (count, buffer[0], files.Length));
            Assert.Equal(Errno.Success, Files.TryWrite(files[1], "through"u8, out _));
            Assert.Equal(Errno.Success, Files.TryRead(read, buffer, out count));
            Assert.Equal("through"u8.ToArray(), buffer[..count]);
            Array.ForEach(files, file => file.Dispose());
            Assert.Equal(0, UnixSockets.PeerCredentials(first).Pid - Environment.ProcessId);
        }
    }

    [Fact]
    public void A_path_socket_is_listened_to_and_connected()
    {
        string directory = Directory.CreateTempSubdirectory("minidock-test-").FullName;
        string path = Path.Combine(directory, "s");
        using (SafeFileHandle listener = UnixSockets.Listen(path))
        using (SafeFileHandle client = UnixSockets.Connect(path))
        {
            Assert.Equal(Errno.Success, UnixSockets.TryAccept(listener, out SafeFileHandle connection));
            using (connection)
            {
                Assert.Equal(Environment.ProcessId, UnixSockets.PeerCredentials(connection).Pid);
            }

            Assert.Equal(Errno.EADDRINUSE, Assert.Throws<LinuxException>(() => UnixSockets.Listen(path)).Errno);
        }

        Assert.Equal(Errno.ECONNREFUSED, UnixSockets.TryConnect(path, out _));
        var e = Assert.Throws<LinuxException>(() => UnixSockets.Connect(Path.Combine(directory, new string('x', 120))));
        Assert.Equal(Errno.ENAMETOOLONG, e.Errno);
        Files.RemoveTree(null, directory);
    }

    [Fact]
    public void A_terminal_is_raw_until_its_state_is_put_back()
    {
        (SafeFileHandle master, SafeFileHandle slave) = Terminals.OpenPty();
        using (master)
        using (slave)
        {
            Assert.True(Terminals.IsATty(slave));
            Assert.StartsWith("/dev/pts/", Terminals.PeerPath(master));
            TerminalState before = Terminals.MakeRaw(slave);
            Files.TryWrite(slave, "\n"u8, out _);
            byte[] buffer = new byte[8];
            Files.TryRead(master, buffer, out int count);
            Assert.Equal("\n"u8.ToArray(), buffer[..count]);
            Terminals.SetState(slave, before);
            Files.TryWrite(slave, "\n"u8, out _);
            Files.TryRead(master, buffer, out count);
            Assert.Equal("\r\n"u8.ToArray(), buffer[..count]);
            Terminals.SetWindowSize(master, new WindowSize(24, 132));
            Assert.True(Terminals.TryGetWindowSize(slave, out WindowSize size));
            Assert.Equal(new WindowSize(24, 132), size);
        }
    }
}
