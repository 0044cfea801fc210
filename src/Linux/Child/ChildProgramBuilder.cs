using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace MiniDock.Linux.Child;

/// <summary>
/// Stages what a child does between clone and exec as data: instructions, and the strings and structures they point to. Every
/// decision that can be made before the clone is made here, so that the child only makes system calls.
/// </summary>
/// <remarks>Instructions belong to the step of the last <see cref="BeginStep"/>; its number is what a failure is reported as.</remarks>
public sealed partial class ChildProgramBuilder
{
    // Room for an ordinary container, so that nothing is copied on the way.
    private readonly List<ChildInstruction> _instructions = new(1024);
    private readonly List<byte> _data = new(24 << 10);
    private readonly List<(int At, int Target)> _pointers = [];
    private readonly List<int> _labels = [];
    private readonly List<SafeHandle> _inherited = [];
    private readonly Dictionary<string, Operand> _strings = [];
    private int _slots = 1;
    private int _step;

    /// <summary>Starts the instructions of plan step number <paramref name="step"/>.</summary>
    public void BeginStep(int step) => _step = step;

    /// <summary>A descriptor of this process that the child uses. All others above 2 are closed at its start.</summary>
    public Operand Inherit(SafeHandle descriptor)
    {
        _inherited.Add(descriptor);
        return (long)descriptor.DangerousGetHandle();
    }

    /// <summary>A slot: a variable that keeps the result of an instruction, such as a descriptor.</summary>
    public Operand NewSlot() => Operand.Slot(_slots++);

    /// <summary>A place to jump to; put it with <see cref="Mark"/>.</summary>
    public ChildLabel NewLabel()
    {
        _labels.Add(-1);
        return new ChildLabel(_labels.Count - 1);
    }

    /// <summary>Puts <paramref name="label"/> before the next instruction.</summary>
    public void Mark(ChildLabel label) => _labels[label.Number] = _instructions.Count;

    /// <summary>A NUL-terminated UTF-8 string in the program's data.</summary>
    /// <exception cref="ArgumentException">It holds a NUL, which would cut it short unseen.</exception>
    public Operand Text(string text)
    {
        if (_strings.TryGetValue(text, out Operand known))
        {
            return known;
        }

        if (text.Contains('\0'))
        {
            throw new ArgumentException($"NUL character in '{text.Replace('\0', '?')}'", nameof(text));
        }

        Operand place = Operand.Data(_data.Count);
        Span<byte> room = Extend(Encoding.UTF8.GetByteCount(text) + 1);
        Encoding.UTF8.GetBytes(text, room);
        return _strings[text] = place;
    }

    /// <summary>A copy of a blittable structure in the program's data, aligned to 8 bytes.</summary>
    internal Operand Structure<T>(T value)
        where T : unmanaged => Bytes(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    /// <summary>A copy of <paramref name="bytes"/> in the program's data, aligned to 8 bytes.</summary>
    internal Operand Bytes(ReadOnlySpan<byte> bytes)
    {
        Operand place = Reserve(bytes.Length);
        bytes.CopyTo(CollectionsMarshal.AsSpan(_data)[(int)place.Value..]);
        return place;
    }

    /// <summary>Zeroed room in the program's data, aligned to 8 bytes.</summary>
    internal Operand Reserve(int size)
    {
        Extend(-_data.Count & 7);
        Operand place = Operand.Data(_data.Count);
        Extend(size);
        return place;
    }

    private Span<byte> Extend(int size)
    {
        int at = _data.Count;
        CollectionsMarshal.SetCount(_data, at + size);
        Span<byte> room = CollectionsMarshal.AsSpan(_data)[at..];
        room.Clear();
        return room;
    }

    /// <summary>An array of pointers into the data; null ends it, as argv and envp need.</summary>
    internal Operand Pointers(IReadOnlyList<Operand> places)
    {
        Operand array = Reserve((places.Count + 1) * 8);
        for (int n = 0; n < places.Count; n++)
        {
            PointAt(array.Plus(n * 8), places[n]);
        }

        return array;
    }

    /// <summary>Stores the address of <paramref name="target"/> at <paramref name="at"/> when the program is built.</summary>
    internal void PointAt(Operand at, Operand target) => _pointers.Add(((int)at.Value, (int)target.Value));

    /// <summary>A system call whose failure fails the step.</summary>
    public void Call(int number, params ReadOnlySpan<Operand> arguments) => Add(ChildOperation.SystemCall, number, null, null, 0, arguments);

    /// <summary>A system call whose result is kept; its failure fails the step.</summary>
    public Operand CallForResult(int number, params ReadOnlySpan<Operand> arguments)
    {
        Operand result = NewSlot();
        Add(ChildOperation.SystemCall, number, result, null, 0, arguments);
        return result;
    }

    /// <summary>A system call that may fail with <paramref name="tolerated"/> errnos (none: with any): then it goes on at
    /// <paramref name="then"/>, or just goes on, with minus errno as the result.</summary>
    public void TryCall(ChildLabel? then, Operand? result, ReadOnlySpan<Errno> tolerated, int number, params ReadOnlySpan<Operand> arguments)
    {
        ulong mask = tolerated.IsEmpty ? ulong.MaxValue : 0;
        foreach (Errno errno in tolerated)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((int)errno, 63);
            mask |= 1UL << (int)errno;
        }

        ChildLabel next = then ?? NewLabel();
        Add(ChildOperation.SystemCall, number, result, next, mask, arguments);
        if (then is null)
        {
            Mark(next);
        }
    }

    private unsafe void Add(ChildOperation operation, int number, Operand? result, ChildLabel? target, ulong tolerated, params ReadOnlySpan<Operand> arguments)
    {
        if (arguments.Length > ChildInstruction.MostArguments)
        {
            throw new ArgumentException("a system call has at most six arguments", nameof(arguments));
        }

        ChildInstruction instruction = new()
        {
            Operation = operation,
            Step = checked((ushort)_step),
            Number = checked((short)number),
            Result = result is { } slot ? checked((short)slot.Value) : (short)-1,
            Target = target is { } label ? checked((ushort)(label.Number + 1)) : (ushort)0,
            ToleratedErrnos = tolerated,
        };

        // SAFETY: the six arguments follow each other in the structure.
        nint* places = &instruction.A0;
        for (int n = 0; n < arguments.Length; n++)
        {
            places[n] = (nint)arguments[n].Value;
            instruction.SlotMask |= (byte)(arguments[n].Kind == OperandKind.Slot ? 1 << n : 0);
            instruction.DataMask |= (byte)(arguments[n].Kind == OperandKind.Data ? 1 << n : 0);
        }

        _instructions.Add(instruction);
    }
}
