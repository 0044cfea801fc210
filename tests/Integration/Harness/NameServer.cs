using System.Net;
using System.Net.Sockets;
using MiniDock.Linux;

namespace MiniDock.Tests.Integration.Harness;

/// <summary>A DNS server in the outside world that gives one address for every name.</summary>
internal sealed class NameServer : IDisposable
{
    private const int HeaderLength = 12;
    private readonly Socket _socket;

    public NameServer(OutsideWorld outside, string address)
    {
        using var itsNetwork = File.OpenHandle(outside.NamespacePath);
        _socket = NetworkNamespaces.Run(itsNetwork, () =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(outside.Address), 53));
            return socket;
        });
        var answer = IPAddress.Parse(address).GetAddressBytes();
        new Thread(() => Serve(answer)) { IsBackground = true }.Start();
    }

    public void Dispose() => _socket.Dispose();

    private void Serve(byte[] address)
    {
        var buffer = new byte[512];
        try
        {
            while (true)
            {
                EndPoint client = new IPEndPoint(IPAddress.Any, 0);
                var length = _socket.ReceiveFrom(buffer, ref client);
                _socket.SendTo(Answer(buffer.AsSpan(0, length), address), client);
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
        catch (ObjectDisposedException)
        {
            // The test is over.
        }
    }

    // RFC 1035, 4.1: the header with the answer flags, the question as it came, and for an A question a record that refers to its name.
    private static byte[] Answer(ReadOnlySpan<byte> question, byte[] address)
    {
        var end = HeaderLength;
        while (question[end] != 0)
        {
            end += question[end] + 1;
        }

        var isA = question[end + 2] == 1;
        end += 5;
        byte[] header = [question[0], question[1], 0x81, 0x80, 0, 1, 0, (byte)(isA ? 1 : 0), 0, 0, 0, 0];
        byte[] record = isA ? [0xc0, HeaderLength, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, .. address] : [];
        return [.. header, .. question[HeaderLength..end], .. record];
    }
}
