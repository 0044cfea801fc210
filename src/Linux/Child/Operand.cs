namespace MiniDock.Linux.Child;

/// <summary>An argument of a child instruction: a number, a place in the program's data, or the value of a slot at run time.</summary>
public readonly record struct Operand
{
    private Operand(OperandKind kind, long value) => (Kind, Value) = (kind, value);

    internal OperandKind Kind { get; }

    internal long Value { get; }

    internal static Operand Data(int offset) => new(OperandKind.Data, offset);

    internal static Operand Slot(int slot) => new(OperandKind.Slot, slot);

    /// <summary>The place <paramref name="bytes"/> further on in the data.</summary>
    public Operand Plus(int bytes) => Kind == OperandKind.Data
        ? new(Kind, Value + bytes)
        : throw new InvalidOperationException("only places in the data have an offset");

    public static implicit operator Operand(long value) => new(OperandKind.Number, value);
}

internal enum OperandKind
{
    Number,
    Data,
    Slot,
}
