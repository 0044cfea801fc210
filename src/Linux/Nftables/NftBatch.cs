using System.Text;
using MiniDock.Linux.Native;
using MiniDock.Linux.Netlink;

namespace MiniDock.Linux.Nftables;

/// <summary>
/// Changes to nftables that the kernel makes all together or not at all. Adding a table, chain or set that exists as it is
/// wanted is no error; a rule is appended each time, so flush its chain first. Needs CAP_NET_ADMIN. Linux 4.18 for NAT in inet tables.
/// </summary>
public sealed partial class NftBatch : NetlinkBatch
{
    private uint _sets;
    private bool _ended;

    /// <summary>An empty batch.</summary>
    public NftBatch() => Control(Constants.NfnlBatchBegin);

    /// <summary>Adds a table.</summary>
    public void AddTable(NftTable table)
    {
        Begin(Constants.NftNewTable, Constants.NlmFCreate, table, $"add table {table}");
        PutText(Constants.NftaTableName, table.Name);
    }

    /// <summary>Deletes a table with all that is in it; ENOENT where there is none.</summary>
    public void DeleteTable(NftTable table)
    {
        Begin(Constants.NftDelTable, 0, table, $"delete table {table}");
        PutText(Constants.NftaTableName, table.Name);
    }

    /// <summary>Adds a chain; a base chain where <paramref name="hook"/> is given.</summary>
    public void AddChain(NftTable table, string name, NftBaseChain? hook = null)
    {
        Begin(Constants.NftNewChain, Constants.NlmFCreate, table, $"add chain {table} {name}");
        PutText(Constants.NftaChainTable, table.Name);
        PutText(Constants.NftaChainName, name);
        if (hook is null)
        {
            return;
        }

        int nested = BeginNested(Constants.NftaChainHook);
        PutBigUInt32(Constants.NftaHookNumber, (uint)hook.Hook);
        PutBigUInt32(Constants.NftaHookPriority, unchecked((uint)hook.Priority));
        EndNested(nested);
        PutBigUInt32(Constants.NftaChainPolicy, (uint)hook.Policy);
        PutText(Constants.NftaChainType, hook.Type);
    }

    /// <summary>Deletes a chain; EBUSY where rules jump to it, ENOENT where there is none.</summary>
    public void DeleteChain(NftTable table, string name)
    {
        Begin(Constants.NftDelChain, 0, table, $"delete chain {table} {name}");
        PutText(Constants.NftaChainTable, table.Name);
        PutText(Constants.NftaChainName, name);
    }

    /// <summary>Deletes all rules of a chain.</summary>
    public void FlushChain(NftTable table, string chain)
    {
        Begin(Constants.NftDelRule, 0, table, $"flush chain {table} {chain}");
        PutText(Constants.NftaRuleTable, table.Name);
        PutText(Constants.NftaRuleChain, chain);
    }

    /// <summary>Adds a rule at a chain's end, or at its beginning.</summary>
    public void AddRule(NftTable table, string chain, NftRule rule, bool first = false)
    {
        ushort place = first ? (ushort)0 : Constants.NlmFAppend;
        Begin(Constants.NftNewRule, (ushort)(Constants.NlmFCreate | place), table, $"add rule {table} {chain}");
        PutText(Constants.NftaRuleTable, table.Name);
        PutText(Constants.NftaRuleChain, chain);
        PutBytes(Constants.NftaRuleExpressions | Constants.NlaNested, rule.Written);
        if (rule.Comment is { } comment)
        {
            PutBytes(Constants.NftaRuleUserData, EncodeComment(comment));
        }
    }

    /// <summary>Deletes a rule by the handle that <see cref="NftQueries.Rules"/> gives.</summary>
    public void DeleteRule(NftTable table, string chain, ulong handle)
    {
        Begin(Constants.NftDelRule, 0, table, $"delete rule {table} {chain} handle {handle}");
        PutText(Constants.NftaRuleTable, table.Name);
        PutText(Constants.NftaRuleChain, chain);
        PutBigUInt64(Constants.NftaRuleHandle, handle);
    }

    private protected override void End()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        RequestAcknowledgement();
        Control(Constants.NfnlBatchEnd);
        Close();
    }

    // nft's own form, so that it prints the comment: type 0, length, text with NUL.
    private static byte[] EncodeComment(string comment)
    {
        const int Longest = 127;
        byte[] text = Encoding.UTF8.GetBytes(comment);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, Longest, nameof(comment));
        return [0, (byte)(text.Length + 1), .. text, 0];
    }

    private void Begin(ushort type, ushort flags, NftTable table, string subject, Errno tolerated = Errno.Success)
    {
        if (_ended)
        {
            throw new InvalidOperationException("the batch is closed: what comes after its end would be ignored");
        }

        Begin((ushort)((Constants.NfnlSubsystemNftables << 8) | type), flags, "nft", subject, tolerated);
        Put(new NfGenMsg { Family = (byte)table.Family });
    }

    private void Control(ushort type)
    {
        Begin(type, 0, "nft", "batch");
        Put(new NfGenMsg { ResourceId = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(Constants.NfnlSubsystemNftables) });
    }
}
