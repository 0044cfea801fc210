using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Tests.Unit.Child;

public sealed unsafe class ChildProgramTests
{
    [Fact]
    public void Text_with_a_NUL_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ChildProgramBuilder().Text("a\0b"));

    [Fact]
    public void A_text_that_is_used_twice_is_stored_once()
    {
        var builder = new ChildProgramBuilder();
        Assert.Equal(builder.Text("same"), builder.Text("same"));
        Assert.NotEqual(builder.Text("same"), builder.Text("other"));
    }

    [Fact]
    public void A_label_that_was_never_put_is_found_when_the_program_is_built()
    {
        var builder = new ChildProgramBuilder();
        builder.Jump(builder.NewLabel());
        Assert.Throws<InvalidOperationException>(() => builder.Build().Dispose());
    }

    [Fact]
    public void A_program_ends_even_if_it_says_nothing()
    {
        using var program = new ChildProgramBuilder().Build();
        Assert.Contains(ChildOperation.Exit, Operations(program));
    }

    [Fact]
    public void A_jump_leads_to_the_marked_instruction_behind_the_prologue()
    {
        var builder = new ChildProgramBuilder();
        builder.BeginStep(9);
        var end = builder.NewLabel();
        builder.Jump(end);
        builder.Exit(1);
        builder.Mark(end);
        builder.Exit(2);
        using var program = builder.Build();
        var code = program.Header->Instructions;
        var jump = Array.IndexOf(Operations(program), ChildOperation.Jump);
        Assert.Equal(jump + 2, code[jump].Target);
        Assert.Equal(2, code[code[jump].Target].A0);
        Assert.Equal(9, code[jump].Step);
    }

    [Fact]
    public void Descriptors_that_are_not_passed_on_are_closed_first_around_those_that_are()
    {
        using var kept = File.OpenHandle("/dev/null");
        var builder = new ChildProgramBuilder();
        builder.Inherit(kept);
        using var program = builder.Build();
        var closed = new HashSet<int>();
        for (var i = program.Header->Instructions; i->Operation == ChildOperation.SystemCall && i->Number == SystemCalls.CloseRange; i++)
        {
            for (var fd = (long)i->A0; fd <= Math.Min(i->A1, 5000); fd++)
            {
                closed.Add((int)fd);
            }
        }

        Assert.Equal([(int)kept.DangerousGetHandle(), program.Header->ControlDescriptor], Enumerable.Range(3, 4990).Where(fd => !closed.Contains(fd)).Except([]).Order());
    }

    [Fact]
    public void Tolerated_errnos_are_a_bit_each()
    {
        var builder = new ChildProgramBuilder();
        builder.TryCall(null, null, [Errno.ENOENT, Errno.EEXIST], 9999);
        builder.TryCall(null, null, [], 9998);
        using var program = builder.Build();
        Assert.Equal(1UL << 2 | 1UL << 17, Find(program, 9999).ToleratedErrnos);
        Assert.Equal(ulong.MaxValue, Find(program, 9998).ToleratedErrnos);
    }

    [Fact]
    public void A_slot_argument_is_marked_in_the_mask()
    {
        var builder = new ChildProgramBuilder();
        var slot = builder.NewSlot();
        builder.Call(9999, 1, slot, 3, slot);
        using var program = builder.Build();
        Assert.Equal(0b1010, Find(program, 9999).SlotMask);
    }

    private static ChildInstruction Find(ChildProgram program, int number)
    {
        var i = program.Header->Instructions;
        while (i->Operation != ChildOperation.SystemCall || i->Number != number)
        {
            i++;
        }

        return *i;
    }

    private static ChildOperation[] Operations(ChildProgram program)
    {
        List<ChildOperation> operations = [];
        var end = (byte*)program.Header->Slots;
        for (var i = program.Header->Instructions; (byte*)i < end; i++)
        {
            operations.Add(i->Operation);
        }

        return [.. operations];
    }
}
