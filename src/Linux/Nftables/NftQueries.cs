using System.Text;
using MiniDock.Linux.Native;
using MiniDock.Linux.Netlink;

namespace MiniDock.Linux.Nftables;

/// <summary>What nftables holds in the socket's network namespace.</summary>
public static class NftQueries
{
    private const int GenericHeader = 4;

    // NFT_MSG_GETGEN and NFTA_GEN_ID.
    private const ushort GetGeneration = 16;
    private const ushort GenerationId = 1;

    /// <summary>All tables.</summary>
    public static List<NftTable> Tables(this NetlinkSocket socket)
    {
        NetlinkBatch request = Request(Constants.NftGetTable, NftFamily.Any, "list tables", Errno.Success);
        var tables = new List<NftTable>();
        socket.Dump(request, (_, body) =>
        {
            if (Text(body, Constants.NftaTableName) is { } name)
            {
                tables.Add(new NftTable((NftFamily)body[0], name));
            }
        });
        return tables;
    }

    /// <summary>Whether the table is there.</summary>
    public static bool HasTable(this NetlinkSocket socket, NftTable table)
    {
        var request = new NetlinkBatch();
        Begin(request, Constants.NftGetTable, 0, table.Family, $"get table {table}", Errno.ENOENT);
        request.PutText(Constants.NftaTableName, table.Name);
        bool found = false;
        socket.Dump(request, (_, _) => found = true);
        return found;
    }

    /// <summary>A number that changes with every change to any table, whoever makes it: as long as it is the same, nothing has changed.</summary>
    public static uint Generation(this NetlinkSocket socket)
    {
        var request = new NetlinkBatch();
        Begin(request, GetGeneration, 0, NftFamily.Any, "get generation", Errno.Success);
        uint generation = 0;
        socket.Dump(request, (_, body) =>
        {
            var attributes = new NetlinkAttributes(body[GenericHeader..]);
            while (attributes.Next())
            {
                generation = attributes.Type == GenerationId ? attributes.BigUInt32 : generation;
            }
        });
        return generation;
    }

    /// <summary>The names of a table's chains; none where there is no such table.</summary>
    public static List<string> Chains(this NetlinkSocket socket, NftTable table) =>
        Names(socket, Request(Constants.NftGetChain, table.Family, $"list chains {table}", Errno.ENOENT), table, Constants.NftaChainTable, Constants.NftaChainName);

    /// <summary>The names of a table's sets and maps; none where there is no such table.</summary>
    public static List<string> Sets(this NetlinkSocket socket, NftTable table)
    {
        NetlinkBatch request = Request(Constants.NftGetSet, table.Family, $"list sets {table}", Errno.ENOENT);
        request.PutText(Constants.NftaSetTable, table.Name);
        return Names(socket, request, table, Constants.NftaSetTable, Constants.NftaSetName);
    }

    /// <summary>The rules of a table, or of one of its chains; none where it is missing.</summary>
    public static List<NftRuleInfo> Rules(this NetlinkSocket socket, NftTable table, string? chain = null)
    {
        NetlinkBatch request = Request(Constants.NftGetRule, table.Family, $"list rules {table}", Errno.ENOENT);
        request.PutText(Constants.NftaRuleTable, table.Name);
        if (chain is not null)
        {
            request.PutText(Constants.NftaRuleChain, chain);
        }

        var rules = new List<NftRuleInfo>();
        socket.Dump(request, (_, body) => rules.Add(ParseRule(body)));
        return rules;
    }

    /// <summary>The elements of a set or map; none where it is missing.</summary>
    public static List<NftElementInfo> Elements(this NetlinkSocket socket, NftTable table, string set)
    {
        NetlinkBatch request = Request(Constants.NftGetSetElem, table.Family, $"list set {table} {set}", Errno.ENOENT);
        request.PutText(Constants.NftaElemListTable, table.Name);
        request.PutText(Constants.NftaElemListSet, set);
        var elements = new List<NftElementInfo>();
        socket.Dump(request, (_, body) =>
        {
            var attributes = new NetlinkAttributes(body[GenericHeader..]);
            while (attributes.Next())
            {
                if (attributes.Type == Constants.NftaElemListElements)
                {
                    NetlinkAttributes list = attributes.Nested;
                    while (list.Next())
                    {
                        elements.Add(ParseElement(list.Nested));
                    }
                }
            }
        });
        return elements;
    }

    private static NetlinkBatch Request(ushort type, NftFamily family, string subject, Errno tolerated)
    {
        var request = new NetlinkBatch();
        Begin(request, type, Constants.NlmFDump, family, subject, tolerated);
        return request;
    }

    private static void Begin(NetlinkBatch request, ushort type, ushort flags, NftFamily family, string subject, Errno tolerated)
    {
        request.Begin((ushort)((Constants.NfnlSubsystemNftables << 8) | type), flags, "nft", subject, tolerated);
        request.Put(new NfGenMsg { Family = (byte)family });
    }

    // The kernel lists the objects of all tables of the family where it does not filter by name.
    private static List<string> Names(NetlinkSocket socket, NetlinkBatch request, NftTable table, ushort tableType, ushort nameType)
    {
        var names = new List<string>();
        socket.Dump(request, (_, body) =>
        {
            if (Text(body, tableType) == table.Name && Text(body, nameType) is { } name)
            {
                names.Add(name);
            }
        });
        return names;
    }

    private static string? Text(ReadOnlySpan<byte> body, ushort type)
    {
        var attributes = new NetlinkAttributes(body[GenericHeader..]);
        while (attributes.Next())
        {
            if (attributes.Type == type)
            {
                return attributes.Text;
            }
        }

        return null;
    }

    private static NftRuleInfo ParseRule(ReadOnlySpan<byte> body)
    {
        var rule = new NftRuleInfo(0, "", "");
        var attributes = new NetlinkAttributes(body[GenericHeader..]);
        while (attributes.Next())
        {
            rule = attributes.Type switch
            {
                Constants.NftaRuleHandle => rule with { Handle = attributes.BigUInt64 },
                Constants.NftaRuleChain => rule with { Chain = attributes.Text },
                Constants.NftaRuleUserData => rule with { Comment = ParseComment(attributes.Data) },
                _ => rule,
            };
        }

        return rule;
    }

    private static string ParseComment(ReadOnlySpan<byte> data) =>
        data.Length > 2 && data[0] == 0 && data[1] <= data.Length - 2 ? Encoding.UTF8.GetString(data.Slice(2, data[1]).TrimEnd((byte)0)) : "";

    private static NftElementInfo ParseElement(NetlinkAttributes attributes)
    {
        var element = new NftElementInfo([], [], false);
        while (attributes.Next())
        {
            element = attributes.Type switch
            {
                Constants.NftaElemKey => element with { Key = ParseValue(attributes.Nested) },
                Constants.NftaElemData => element with { Data = ParseValue(attributes.Nested) },
                Constants.NftaElemFlags => element with { IsIntervalEnd = (attributes.BigUInt32 & Constants.NftElemIntervalEnd) != 0 },
                _ => element,
            };
        }

        return element;
    }

    private static byte[] ParseValue(NetlinkAttributes attributes) =>
        attributes.Next() && attributes.Type == Constants.NftaDataValue ? attributes.Data.ToArray() : [];
}
