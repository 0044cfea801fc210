using MiniDock.Linux.Native;

namespace MiniDock.Linux.Nftables;

public sealed partial class NftBatch
{
    /// <summary>Adds a set or a map.</summary>
    public void AddSet(NftTable table, NftSet set)
    {
        bool concatenated = set.Key.Length > 1;
        Begin(Constants.NftNewSet, Constants.NlmFCreate, table, $"add set {table} {set.Name}");
        PutText(Constants.NftaSetTable, table.Name);
        PutText(Constants.NftaSetName, set.Name);
        PutBigUInt32(
            Constants.NftaSetFlags,
            (set.Data.Length > 0 ? Constants.NftSetMap : 0)
            | (set.Interval ? Constants.NftSetInterval : 0)
            | (set.Interval && concatenated ? Constants.NftSetConcat : 0));
        PutBigUInt32(Constants.NftaSetKeyType, NftSet.TypeOf(set.Key));
        PutBigUInt32(Constants.NftaSetKeyLength, (uint)NftSet.LengthOf(set.Key));
        if (set.Data.Length > 0)
        {
            PutBigUInt32(Constants.NftaSetDataType, NftSet.TypeOf(set.Data));
            PutBigUInt32(Constants.NftaSetDataLength, (uint)NftSet.LengthOf(set.Data));
        }

        PutBigUInt32(Constants.NftaSetId, ++_sets);
        if (set.Interval && concatenated)
        {
            PutFields(set.Key);
        }

        PutByteOrder(set);
    }

    /// <summary>Deletes a set; EBUSY where rules look it up, ENOENT where there is none.</summary>
    public void DeleteSet(NftTable table, string set)
    {
        Begin(Constants.NftDelSet, 0, table, $"delete set {table} {set}");
        PutText(Constants.NftaSetTable, table.Name);
        PutText(Constants.NftaSetName, set);
    }

    /// <summary>Adds elements. EEXIST where a key is there already, with other data or, where <paramref name="exclusive"/>, at all.</summary>
    public void AddElements(NftTable table, string set, IReadOnlyList<NftElement> elements, bool exclusive = false)
    {
        var flags = (ushort)(Constants.NlmFCreate | (exclusive ? Constants.NlmFExclusive : 0));
        PutElements(Constants.NftNewSetElem, flags, table, set, elements, "add");
    }

    /// <summary>Takes elements out by their keys; ENOENT fails the whole batch where one is missing.</summary>
    public void DeleteElements(NftTable table, string set, IReadOnlyList<NftElement> elements) =>
        PutElements(Constants.NftDelSetElem, 0, table, set, elements, "delete");

    /// <summary>Takes all elements out.</summary>
    public void FlushSet(NftTable table, string set)
    {
        Begin(Constants.NftDelSetElem, 0, table, $"flush set {table} {set}");
        PutText(Constants.NftaElemListTable, table.Name);
        PutText(Constants.NftaElemListSet, set);
    }

    private void PutElements(ushort type, ushort flags, NftTable table, string set, IReadOnlyList<NftElement> elements, string verb)
    {
        // A nested attribute's length has 16 bits; a message holds far fewer than would fill it.
        const int PerMessage = 256;
        for (int start = 0; start < elements.Count; start += PerMessage)
        {
            Begin(type, flags, table, $"{verb} element {table} {set}");
            PutText(Constants.NftaElemListTable, table.Name);
            PutText(Constants.NftaElemListSet, set);
            int list = BeginNested(Constants.NftaElemListElements);
            for (int i = start; i < Math.Min(elements.Count, start + PerMessage); i++)
            {
                PutElement(elements[i]);
            }

            EndNested(list);
        }
    }

    private void PutElement(NftElement element)
    {
        int nested = BeginNested(Constants.NftaListElem);
        NftRule.PutValue(this, Constants.NftaElemKey, element.Key.Bytes);
        if (element.Last is { } last)
        {
            NftRule.PutValue(this, Constants.NftaElemKeyEnd, last.Bytes);
        }

        if (element.Verdict is { } verdict)
        {
            NftRule.PutVerdict(this, Constants.NftaElemData, verdict, element.Chain);
        }
        else if (element.Data is { } data)
        {
            NftRule.PutValue(this, Constants.NftaElemData, data.Bytes);
        }

        EndNested(nested);
        if (element.End is { } end)
        {
            nested = BeginNested(Constants.NftaListElem);
            NftRule.PutValue(this, Constants.NftaElemKey, end.Bytes);
            PutBigUInt32(Constants.NftaElemFlags, Constants.NftElemIntervalEnd);
            EndNested(nested);
        }
    }

    // nft's own notes, without which it prints names and marks backwards: type (0 key, 1 data), length, byte order (1 is the host's).
    private void PutByteOrder(NftSet set)
    {
        byte key = NftSet.IsHostOrder(set.Key) ? (byte)1 : (byte)0;
        byte data = NftSet.IsHostOrder(set.Data) ? (byte)1 : (byte)0;
        if ((key | data) != 0)
        {
            PutBytes(Constants.NftaSetUserData, [0, 4, key, 0, 0, 0, 1, 4, data, 0, 0, 0]);
        }
    }

    private void PutFields(NftType[] fields)
    {
        int description = BeginNested(Constants.NftaSetDescription);
        int concat = BeginNested(Constants.NftaSetDescConcat);
        foreach (NftType field in fields)
        {
            int nested = BeginNested(Constants.NftaListElem);
            PutBigUInt32(Constants.NftaSetFieldLength, (uint)NftSet.LengthOf(field));
            EndNested(nested);
        }

        EndNested(concat);
        EndNested(description);
    }
}
