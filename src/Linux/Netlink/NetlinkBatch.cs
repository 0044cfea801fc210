using System.Buffers.Binary;
using MiniDock.Linux.Native;

namespace MiniDock.Linux.Netlink;

/// <summary>
/// Requests that are sent together in one system call. Each remembers what it is about, so that the kernel's refusal can be
/// told in the user's terms. Sequence numbers count from 1.
/// </summary>
public class NetlinkBatch : NetlinkWriter
{
    private readonly List<Label> _labels = [];
    private int _message = -1;

    /// <summary>The number of requests.</summary>
    public int Count => _labels.Count;

    /// <summary>
    /// The encoded requests, for a sender that is not <see cref="NetlinkSocket"/>. Only the last one asks for an acknowledgement:
    /// errors come for all, and the kernel has answered everything when the send returns.
    /// </summary>
    public ReadOnlySpan<byte> Encode()
    {
        End();
        return Written;
    }

    internal Label LabelOf(uint sequence) =>
        sequence >= 1 && sequence <= (uint)_labels.Count ? _labels[(int)sequence - 1] : new Label("netlink request", "", Errno.Success);

    /// <summary>Begins a request and closes the one before it.</summary>
    /// <param name="type">The message type.</param>
    /// <param name="flags">NLM_F_* beside NLM_F_REQUEST.</param>
    /// <param name="operation">For the error text: what.</param>
    /// <param name="subject">For the error text: on what.</param>
    /// <param name="tolerated">An error that is no failure, as EEXIST.</param>
    internal void Begin(ushort type, ushort flags, string operation, string subject, Errno tolerated = Errno.Success)
    {
        Close();
        _labels.Add(new Label(operation, subject, tolerated));
        _message = Length;
        Put(new NlMsgHdr { Type = type, Flags = (ushort)(flags | Constants.NlmFRequest), Sequence = (uint)_labels.Count });
    }

    private protected virtual void End()
    {
        Close();
        RequestAcknowledgement();
    }

    private protected void Close()
    {
        if (_message >= 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(Written[_message..], (uint)(Length - _message));
        }
    }

    private protected void RequestAcknowledgement()
    {
        const int FlagsOffset = 6;
        if (_message >= 0)
        {
            Written[_message + FlagsOffset] |= (byte)Constants.NlmFAck;
        }
    }

    internal readonly record struct Label(string Operation, string Subject, Errno Tolerated);
}
