namespace MiniDock.Linux.Child;

/// <summary>What the interpreter does with one <see cref="ChildInstruction"/>.</summary>
internal enum ChildOperation : byte
{
    /// <summary>System call <c>Number</c> with A0..A5; the result goes to <c>Result</c>; after a tolerated errno, minus errno, and a jump to <c>Target</c>.</summary>
    SystemCall,

    /// <summary>Goes on at <c>Target</c>.</summary>
    Jump,

    /// <summary>Goes on at <c>Target</c> if A0 == A1.</summary>
    JumpIfEqual,

    /// <summary>Slot <c>Result</c> = A0.</summary>
    Set,

    /// <summary>Slot <c>Result</c> = the 32 bit number at address A0, and-ed with A1.</summary>
    Load32,

    /// <summary>Writes A1 as a 32 bit number to address A0.</summary>
    Store32,

    /// <summary>Clears A1 bytes at address A0.</summary>
    Clear,

    /// <summary>Reports errno A0 as the failure of the step and ends.</summary>
    Fail,

    /// <summary>Ends with status A0, without a report.</summary>
    Exit,

    /// <summary>Ends as the process whose wait status is A0 did: its code, or 128 + its signal.</summary>
    ExitLikeWaitStatus,

    /// <summary>
    /// Slot <c>Result</c> = the address of the interpreter's path of the script whose first A1 bytes are at A0 (made a C string
    /// in place), or 0 if it is no script.
    /// </summary>
    ScriptInterpreter,
}
