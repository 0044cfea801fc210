using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Linux;

namespace MiniDock.Plugins.Cgroups.Systemd;

/// <summary>Calls of <c>org.freedesktop.systemd1.Manager</c>, org.freedesktop.systemd1(5), over the system bus, or over systemd's own socket where no bus runs.</summary>
internal sealed class SystemdBus : IDisposable
{
    private const string BusSocket = "/run/dbus/system_bus_socket";
    private const string OwnSocket = "/run/systemd/private";
    private const string Destination = "org.freedesktop.systemd1";
    private const string Path = "/org/freedesktop/systemd1";
    private const int PatienceMilliseconds = 10_000;

    private readonly string _path;
    private readonly SafeFileHandle _socket;
    private uint _serial;

    private SystemdBus(string path, SafeFileHandle socket) => (_path, _socket) = (path, socket);

    /// <summary>Connects.</summary>
    /// <exception cref="EngineException">Neither socket answers.</exception>
    public static SystemdBus Connect()
    {
        var errno = UnixSockets.TryConnect(BusSocket, out var socket);
        if (errno == Errno.Success)
        {
            var manager = new SystemdBus(BusSocket, socket);
            manager.Authenticate();
            manager.Call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello", "", []);
            return manager;
        }

        if (UnixSockets.TryConnect(OwnSocket, out socket) != Errno.Success)
        {
            throw new EngineException(new LinuxException("connect to systemd", BusSocket, errno).Message, "use --cgroup-driver auto where systemd does not run");
        }

        var own = new SystemdBus(OwnSocket, socket);
        own.Authenticate();
        return own;
    }

    /// <summary>Makes a scope around a process.</summary>
    public void StartScope(string unit, IReadOnlyList<UnitProperty> properties, int pid)
    {
        var body = new BusWriter().Text(unit).Text("fail");
        UnitProperty.Write(body, [.. properties, UnitProperty.OfProcess(pid)]);
        body.Array(8, Array.Empty<string>(), static (_, _) => { });
        Call("StartTransientUnit", "ssa(sv)a(sa(sv))", body.Written);
    }

    /// <summary>Changes a unit until the host is started anew.</summary>
    public void SetProperties(string unit, IReadOnlyList<UnitProperty> properties)
    {
        var body = new BusWriter().Text(unit).UInt32(1);
        UnitProperty.Write(body, properties);
        Call("SetUnitProperties", "sba(sv)", body.Written);
    }

    /// <summary>Ends a unit; false where there is none.</summary>
    public bool TryStop(string unit)
    {
        var answer = Ask(Destination, Path, Destination + ".Manager", "StopUnit", "ss", new BusWriter().Text(unit).Text("replace").Written);
        return answer.Error is null;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Call(string member, string signature, ReadOnlySpan<byte> body) => Call(Destination, Path, Destination + ".Manager", member, signature, body);

    private void Call(string destination, string path, string @interface, string member, string signature, ReadOnlySpan<byte> body)
    {
        if (Ask(destination, path, @interface, member, signature, body) is { Error: { } error } answer)
        {
            throw new EngineException(
                $"systemd {member}: {error[(error.LastIndexOf('.') + 1)..]} ({answer.Text})",
                error.EndsWith("AccessDenied", StringComparison.Ordinal) || error.EndsWith("AuthorizationRequired", StringComparison.Ordinal)
                    ? "making units of the system needs root" : null);
        }
    }

    private BusMessage Ask(string destination, string path, string @interface, string member, string signature, ReadOnlySpan<byte> body)
    {
        var serial = ++_serial;
        Send(BusMessage.Call(serial, destination, path, @interface, member, signature, body));
        while (true)
        {
            var head = Receive(BusMessage.FixedLength);
            var length = BusMessage.LengthOf(head) ?? throw Broken();
            try
            {
                var message = BusMessage.Parse([.. head, .. Receive(length - head.Length)]);
                if (message.ReplyTo == serial && message.Type is 2 or 3)
                {
                    return message;
                }
            }
            catch (Exception e) when (e is FormatException or ArgumentException or IndexOutOfRangeException)
            {
                throw Broken();
            }
        }
    }

    // SASL EXTERNAL: the kernel tells the other end who we are, the text must say the same.
    private void Authenticate()
    {
        var user = Convert.ToHexString(Encoding.ASCII.GetBytes(Processes.EffectiveUid.ToString(CultureInfo.InvariantCulture)));
        Send(Encoding.ASCII.GetBytes($"\0AUTH EXTERNAL {user}\r\n"));
        var line = new StringBuilder();
        while (!line.ToString().EndsWith("\r\n", StringComparison.Ordinal))
        {
            line.Append((char)Receive(1)[0]);
        }

        if (!line.ToString().StartsWith("OK ", StringComparison.Ordinal))
        {
            throw new EngineException($"systemd {_path}: EACCES (it does not accept this user: {line.ToString().Trim()})");
        }

        Send("BEGIN\r\n"u8);
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (Files.TryWrite(_socket, bytes, out var count) is not Errno.Success and var errno)
            {
                throw new EngineException(new LinuxException("write to systemd", _path, errno).Message);
            }

            bytes = bytes[count..];
        }
    }

    private byte[] Receive(int length)
    {
        var buffer = new byte[length];
        for (var filled = 0; filled < length;)
        {
            if (!Polling.WaitFor(_socket, PollEvents.Read, PatienceMilliseconds))
            {
                throw new EngineException(new LinuxException("wait for systemd", _path, Errno.ETIMEDOUT).Message);
            }

            if (Files.TryRead(_socket, buffer.AsSpan(filled), out var count) is not Errno.Success and var errno)
            {
                throw new EngineException(new LinuxException("read from systemd", _path, errno).Message);
            }

            filled += count > 0 ? count : throw Broken();
        }

        return buffer;
    }

    private EngineException Broken() => new($"systemd {_path}: EPROTO (it ended the connection, or sent what is no message)");
}
