namespace MiniDock.Tests.Unit.Bpf;

/// <summary>Runs a seccomp filter as the kernel would, seccomp(2): the second opinion that the compiler is held against.</summary>
internal static class ClassicBpfMachine
{
    public static uint Run(ReadOnlySpan<ulong> filter, uint call, uint architecture, params ReadOnlySpan<ulong> arguments)
    {
        var data = new uint[16];
        data[0] = call;
        data[1] = architecture;
        for (var n = 0; n < arguments.Length; n++)
        {
            data[4 + (2 * n)] = (uint)arguments[n];
            data[5 + (2 * n)] = (uint)(arguments[n] >> 32);
        }

        uint accumulator = 0;
        for (var at = 0; ; at++)
        {
            var (code, whenTrue, whenFalse, constant) = ((ushort)filter[at], (byte)(filter[at] >> 16), (byte)(filter[at] >> 24), (uint)(filter[at] >> 32));
            switch (code)
            {
                case 0x20:
                    accumulator = data[constant / 4];
                    break;
                case 0x54:
                    accumulator &= constant;
                    break;
                case 0x05:
                    at += (int)constant;
                    break;
                case 0x15:
                    at += accumulator == constant ? whenTrue : whenFalse;
                    break;
                case 0x25:
                    at += accumulator > constant ? whenTrue : whenFalse;
                    break;
                case 0x35:
                    at += accumulator >= constant ? whenTrue : whenFalse;
                    break;
                case 0x06:
                    return constant;
                default:
                    throw new InvalidOperationException($"code {code:x} at {at}");
            }
        }
    }
}
