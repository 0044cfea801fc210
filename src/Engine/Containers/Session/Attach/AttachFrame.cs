using System.Buffers.Binary;

namespace MiniDock.Engine.Containers.Session.Attach;

/// <summary>Messages on the attach socket: a byte of kind, four bytes of length, the bytes.</summary>
internal static class AttachFrame
{
    public const int HeadBytes = 5;

    /// <summary>No message is longer; a peer that sends one is no peer of ours.</summary>
    public const int MaxBytes = 64 * 1024;

    public static void Append(ByteQueue buffer, AttachKind kind, ReadOnlySpan<byte> content)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        do
        {
            var part = content[..Math.Min(content.Length, MaxBytes)];
            content = content[part.Length..];
            head[0] = (byte)kind;
            BinaryPrimitives.WriteInt32LittleEndian(head[1..], part.Length);
            buffer.Add(head);
            buffer.Add(part);
        }
        while (!content.IsEmpty);
    }

    /// <summary>The length of the first message in what was received, its head included; 0 while it is not whole.</summary>
    /// <exception cref="InvalidDataException">It is longer than any message may be.</exception>
    public static int WholeLength(ReadOnlySpan<byte> received)
    {
        if (received.Length < HeadBytes)
        {
            return 0;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(received[1..]);
        if (length is < 0 or > MaxBytes)
        {
            throw new InvalidDataException("attach: message too long");
        }

        return received.Length >= HeadBytes + length ? HeadBytes + length : 0;
    }
}
