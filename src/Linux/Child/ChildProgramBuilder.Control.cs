using MiniDock.Linux.Native;

namespace MiniDock.Linux.Child;

// Control: synchronisation with the engine, checks, ends.
public sealed partial class ChildProgramBuilder
{
    private Operand? _scratch;

    /// <summary>The child's end of the control socket: slot 0, filled in when the program is built.</summary>
    private static Operand Control => Operand.Slot(0);

    /// <summary>A buffer that results are left in; the next instruction that needs one overwrites it.</summary>
    private Operand Scratch => _scratch ??= Reserve(512);

    /// <summary>Tells the engine that the child has come this far: it waits in <see cref="StartedChild.WaitUntilReady"/>.</summary>
    public void NotifyParent() => Call(SystemCalls.Write, Control, Text("r"), 1);

    /// <summary>Waits for <see cref="StartedChild.Proceed()"/>; ends if the engine is gone.</summary>
    public void WaitForParent()
    {
        ChildLabel goOn = NewLabel();
        Operand received = CallForResult(SystemCalls.Read, Control, Scratch, 1);
        Jump(goOn, received, 1);
        Add(ChildOperation.Exit, 0, null, null, 0, ChildInterpreter.FailureExitCode);
        Mark(goOn);
    }

    /// <summary>Waits for <see cref="StartedChild.Proceed(ReadOnlySpan{byte})"/> with <paramref name="size"/> bytes of values; ends if the engine is gone.</summary>
    /// <returns>The place of the values in the data, aligned to 8 bytes.</returns>
    public Operand WaitForValues(int size)
    {
        ChildLabel goOn = NewLabel();
        Operand values = Reserve(size);
        Operand received = CallForResult(SystemCalls.Read, Control, values, size);
        Jump(goOn, received, size);
        Add(ChildOperation.Exit, 0, null, null, 0, ChildInterpreter.FailureExitCode);
        Mark(goOn);
        return values;
    }

    /// <summary>The 32 bit number at a place of the data, at run time.</summary>
    public Operand Load(Operand place)
    {
        Operand value = NewSlot();
        Add(ChildOperation.Load32, 0, value, null, 0, place, uint.MaxValue);
        return value;
    }

    /// <summary>Sends a descriptor to the engine, which waits in <see cref="StartedChild.ReceiveDescriptor"/> (unix(7), SCM_RIGHTS).</summary>
    public unsafe void SendDescriptor(Operand descriptor)
    {
        Operand payload = Bytes([0]);
        Operand vector = Structure(new IoVec { Length = 1 });
        PointAt(vector, payload);

        // One control message: its length 20 (16 + one int), SOL_SOCKET, SCM_RIGHTS, the descriptor.
        Operand control = Bytes([20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        MsgHdr header = new() { VectorCount = 1, ControlLength = 24 };
        Operand message = Structure(header);
        PointAt(message.Plus((int)((byte*)&header.Vectors - (byte*)&header)), vector);
        PointAt(message.Plus((int)((byte*)&header.Control - (byte*)&header)), control);
        Add(ChildOperation.Store32, 0, null, null, 0, control.Plus(16), descriptor);
        Call(SystemCalls.Sendmsg, Control, message, 0);
    }

    /// <summary>Fails the step with <paramref name="errno"/> unless the 32 bit number at a place, and-ed with a mask, is as expected.</summary>
    internal void Require32(Operand place, uint mask, uint expected, Errno errno)
    {
        ChildLabel good = NewLabel();
        Operand value = NewSlot();
        Add(ChildOperation.Load32, 0, value, null, 0, place, mask);
        Jump(good, value, expected);
        Fail(errno);
        Mark(good);
    }

    /// <summary>Fails the step.</summary>
    public void Fail(Errno errno) => Add(ChildOperation.Fail, 0, null, null, 0, (int)errno);

    /// <summary>Ends the child.</summary>
    public void Exit(int status) => Add(ChildOperation.Exit, 0, null, null, 0, status);

    /// <summary>Goes on at <paramref name="label"/>.</summary>
    public void Jump(ChildLabel label) => Add(ChildOperation.Jump, 0, null, label, 0);

    /// <summary>Goes on at <paramref name="label"/> if both are equal.</summary>
    public void Jump(ChildLabel label, Operand left, Operand right) => Add(ChildOperation.JumpIfEqual, 0, null, label, 0, left, right);

    /// <summary>Sets a slot.</summary>
    internal void Set(Operand slot, Operand value) => Add(ChildOperation.Set, 0, slot, null, 0, value);

    /// <summary>Closes a descriptor.</summary>
    public void Close(Operand descriptor) => Call(SystemCalls.Close, descriptor);
}
