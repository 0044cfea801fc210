using MiniDock.Linux.Native;
using MiniDock.Linux.Netlink;

namespace MiniDock.Linux.Nftables;

/// <summary>
/// A rule: expressions that work on sixteen registers of 4 bytes, numbered 0 to 15, and end at the first that does not match. A
/// longer value takes the registers that follow. Comparisons and the like are in the other part.
/// </summary>
public sealed partial class NftRule : NetlinkWriter
{
    /// <summary>Shown by <c>nft list</c>, and how <see cref="NftQueries.Rules"/> finds the rule again. At most 127 bytes.</summary>
    public string? Comment { get; init; }

    /// <summary>Loads a fact about the packet.</summary>
    public NftRule Meta(NftMeta key, int register = 0)
    {
        (int element, int data) = Begin("meta");
        PutBigUInt32(Constants.NftaMetaKey, (uint)key);
        PutRegister(Constants.NftaMetaDreg, register);
        return End(element, data);
    }

    /// <summary>Loads bytes of the packet.</summary>
    public NftRule Payload(NftPayload origin, int offset, int length, int register = 0)
    {
        (int element, int data) = Begin("payload");
        PutRegister(Constants.NftaPayloadDreg, register);
        PutBigUInt32(Constants.NftaPayloadBase, (uint)origin);
        PutBigUInt32(Constants.NftaPayloadOffset, (uint)offset);
        PutBigUInt32(Constants.NftaPayloadLength, (uint)length);
        return End(element, data);
    }

    /// <summary>Loads a fact about the packet's connection.</summary>
    public NftRule Conntrack(NftConntrack key, int register = 0)
    {
        (int element, int data) = Begin("ct");
        PutRegister(Constants.NftaCtDreg, register);
        PutBigUInt32(Constants.NftaCtKey, (uint)key);
        return End(element, data);
    }

    /// <summary>Loads the type of the source or destination address as the routing table has it: 2 is an address of this host.</summary>
    public NftRule FibAddressType(bool destination, int register = 0)
    {
        (int element, int data) = Begin("fib");
        PutRegister(Constants.NftaFibDreg, register);
        PutBigUInt32(Constants.NftaFibResult, Constants.NftFibResultAddressType);
        PutBigUInt32(Constants.NftaFibFlags, destination ? Constants.NftFibDestination : Constants.NftFibSource);
        return End(element, data);
    }

    /// <summary>Keeps the masked bits of registers.</summary>
    public NftRule Mask(ReadOnlySpan<byte> mask, int register = 0)
    {
        (int element, int data) = Begin("bitwise");
        PutRegister(Constants.NftaBitwiseSreg, register);
        PutRegister(Constants.NftaBitwiseDreg, register);
        PutBigUInt32(Constants.NftaBitwiseLength, (uint)mask.Length);
        PutValue(Constants.NftaBitwiseMask, mask);
        Span<byte> zero = stackalloc byte[mask.Length];
        zero.Clear();
        PutValue(Constants.NftaBitwiseXor, zero);
        return End(element, data);
    }

    /// <summary>Goes on only where the comparison holds.</summary>
    public NftRule Compare(NftCompare comparison, ReadOnlySpan<byte> value, int register = 0)
    {
        (int element, int data) = Begin("cmp");
        PutRegister(Constants.NftaCmpSreg, register);
        PutBigUInt32(Constants.NftaCmpOp, (uint)comparison);
        PutValue(Constants.NftaCmpData, value);
        return End(element, data);
    }

    /// <summary>Goes on only where the registers are (or are not) a key of the set.</summary>
    public NftRule Lookup(string set, int register = 0, bool inverted = false)
    {
        (int element, int data) = Begin("lookup");
        PutText(Constants.NftaLookupSet, set);
        PutRegister(Constants.NftaLookupSreg, register);
        if (inverted)
        {
            PutBigUInt32(Constants.NftaLookupFlags, Constants.NftLookupInverted);
        }

        return End(element, data);
    }

    /// <summary>Loads what a map gives for the key in the registers, or ends.</summary>
    public NftRule Map(string map, int register = 0, int result = 0)
    {
        (int element, int data) = Begin("lookup");
        PutText(Constants.NftaLookupSet, map);
        PutRegister(Constants.NftaLookupSreg, register);
        PutRegister(Constants.NftaLookupDreg, result);
        return End(element, data);
    }

    /// <summary>Does what a map of verdicts says for the key in the registers.</summary>
    public NftRule VerdictMap(string map, int register = 0)
    {
        (int element, int data) = Begin("lookup");
        PutText(Constants.NftaLookupSet, map);
        PutRegister(Constants.NftaLookupSreg, register);
        PutBigUInt32(Constants.NftaLookupDreg, Constants.NftRegisterVerdict);
        return End(element, data);
    }

    /// <summary>Loads a constant.</summary>
    public NftRule Immediate(ReadOnlySpan<byte> value, int register = 0)
    {
        (int element, int data) = Begin("immediate");
        PutRegister(Constants.NftaImmediateDreg, register);
        PutValue(Constants.NftaImmediateData, value);
        return End(element, data);
    }

    /// <summary>Counts packets and bytes.</summary>
    public NftRule Counter()
    {
        (int element, int data) = Begin("counter");
        return End(element, data);
    }

    /// <summary>Translates to the address, and where a register is given to the port, in registers. In a chain of type nat.</summary>
    public NftRule Nat(NftNat type, NftFamily family, int addressRegister, int? portRegister = null)
    {
        (int element, int data) = Begin("nat");
        PutBigUInt32(Constants.NftaNatType, (uint)type);
        PutBigUInt32(Constants.NftaNatFamily, (uint)family);
        PutRegister(Constants.NftaNatAddressMin, addressRegister);
        if (portRegister is { } port)
        {
            PutRegister(Constants.NftaNatPortMin, port);
        }

        return End(element, data);
    }

    /// <summary>Translates the source to the address of the outgoing link.</summary>
    public NftRule Masquerade()
    {
        (int element, int data) = Begin("masq");
        return End(element, data);
    }

    /// <summary>Sends the packet to this host itself, to the port in the register.</summary>
    public NftRule Redirect(int portRegister)
    {
        (int element, int data) = Begin("redir");
        PutRegister(Constants.NftaRedirPortMin, portRegister);
        return End(element, data);
    }

    /// <summary>Decides about the packet.</summary>
    public NftRule Verdict(NftVerdict verdict, string? chain = null)
    {
        (int element, int data) = Begin("immediate");
        PutBigUInt32(Constants.NftaImmediateDreg, Constants.NftRegisterVerdict);
        PutVerdict(this, Constants.NftaImmediateData, verdict, chain);
        return End(element, data);
    }

    internal static void PutVerdict(NetlinkWriter writer, ushort type, NftVerdict verdict, string? chain)
    {
        int outer = writer.BeginNested(type);
        int inner = writer.BeginNested(Constants.NftaDataVerdict);
        writer.PutBigUInt32(Constants.NftaVerdictCode, unchecked((uint)(int)verdict));
        if (chain is not null)
        {
            writer.PutText(Constants.NftaVerdictChain, chain);
        }

        writer.EndNested(inner);
        writer.EndNested(outer);
    }

    internal static void PutValue(NetlinkWriter writer, ushort type, ReadOnlySpan<byte> value)
    {
        int nested = writer.BeginNested(type);
        writer.PutBytes(Constants.NftaDataValue, value);
        writer.EndNested(nested);
    }

    private void PutValue(ushort type, ReadOnlySpan<byte> value) => PutValue(this, type, value);

    private void PutRegister(ushort type, int register)
    {
        const int Registers = 16;
        ArgumentOutOfRangeException.ThrowIfNegative(register);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(register, Registers);
        PutBigUInt32(type, Constants.NftRegister32First + (uint)register);
    }

    private (int Element, int Data) Begin(string name)
    {
        int element = BeginNested(Constants.NftaListElem);
        PutText(Constants.NftaExprName, name);
        return (element, BeginNested(Constants.NftaExprData));
    }

    private NftRule End(int element, int data)
    {
        EndNested(data);
        EndNested(element);
        return this;
    }
}
