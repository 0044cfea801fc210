using System.Net;
using System.Net.Sockets;
using System.Text;
using MiniDock.Linux;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Network;

/// <summary>A network namespace from which the tests send and receive: a container's, the outside world's, or the host's.</summary>
/// <param name="NamespacePath">An nsfs file.</param>
internal sealed record Place(string NamespacePath)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Place Host { get; } = new("/proc/thread-self/ns/net");

    public static Place Of(DirectContainer container) => new($"/proc/{container.Pid}/ns/net");

    public static Place Of(OutsideWorld outside) => new(outside.NamespacePath);

    /// <summary>Answers each connection with the address that it came from.</summary>
    public IDisposable ServeTcp(ushort port) => ServeTcp(IPAddress.Any, port);

    /// <summary>The same for connections of both families.</summary>
    public IDisposable ServeTcp6(ushort port) => ServeTcp(IPAddress.IPv6Any, port);

    private IDisposable ServeTcp(IPAddress address, ushort port)
    {
        var listener = Inside(() =>
        {
            var made = new TcpListener(address, port);
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                made.Server.DualMode = true;
            }

            made.Start();
            return made;
        });
        _ = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptSocketAsync();
                    await client.SendAsync(Encoding.ASCII.GetBytes(((IPEndPoint)client.RemoteEndPoint!).Address.ToString()));
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        });
        return listener;
    }

    /// <summary>Answers each datagram with the address that it came from.</summary>
    public IDisposable ServeUdp(ushort port)
    {
        var server = Inside(() => new UdpClient(new IPEndPoint(IPAddress.Any, port)));
        _ = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    var request = await server.ReceiveAsync();
                    await server.SendAsync(Encoding.ASCII.GetBytes(request.RemoteEndPoint.Address.ToString()), request.RemoteEndPoint);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        });
        return server;
    }

    /// <summary>Connects and gives the answer: the address that the server saw.</summary>
    public string AskTcp(string address, ushort port)
    {
        using var socket = Inside(() => new Socket(IPAddress.Parse(address).AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        Wait(socket.ConnectAsync(IPAddress.Parse(address), port), $"a connection to {address}:{port}");
        return Receive(socket, $"{address}:{port}");
    }

    /// <summary>The same, or null where nobody listens at the moment.</summary>
    public string? TryAskTcp(string address, ushort port)
    {
        try
        {
            return AskTcp(address, port) is { Length: > 0 } answer ? answer : null;
        }
        catch (AggregateException e) when (e.InnerException is SocketException)
        {
            return null;
        }
    }

    /// <summary>Sends a datagram and gives the answer.</summary>
    public string AskUdp(string address, ushort port)
    {
        using var socket = Inside(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        Wait(socket.ConnectAsync(IPAddress.Parse(address), port), "connect");
        socket.Send("?"u8);
        return Receive(socket, $"{address}:{port}/udp");
    }

    /// <summary>Whether nothing answers a connection: refused, or dropped for as long as a SYN is sent twice.</summary>
    public bool IsClosed(string address, ushort port)
    {
        using var socket = Inside(() => new Socket(IPAddress.Parse(address).AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        try
        {
            return !socket.ConnectAsync(IPAddress.Parse(address), port).Wait(TimeSpan.FromMilliseconds(1500));
        }
        catch (AggregateException e) when (e.InnerException is SocketException)
        {
            return true;
        }
    }

    private static string Receive(Socket socket, string what)
    {
        var buffer = new byte[64];
        var receiving = socket.ReceiveAsync(buffer);
        Wait(receiving, $"an answer of {what}");
        return Encoding.ASCII.GetString(buffer, 0, receiving.Result);
    }

    private static void Wait(Task task, string what)
    {
        if (!task.Wait(Patience))
        {
            Assert.Fail($"no {what} within {Patience.TotalSeconds} s");
        }
    }

    // A socket belongs to the namespace that its maker was in.
    private T Inside<T>(Func<T> make)
    {
        using var file = Files.Open(NamespacePath, OpenFlags.ReadOnly);
        return NetworkNamespaces.Run(file, make);
    }
}
